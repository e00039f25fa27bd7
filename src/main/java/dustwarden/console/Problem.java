package dustwarden.console;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/** An answer that tells what was wrong, as {@code application/problem+json}. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(401, "Login needed"),
            Map.entry(403, "Not allowed"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(409, "Not in this state"),
            Map.entry(412, "Changed meanwhile"),
            Map.entry(413, "Too large"),
            Map.entry(429, "Too many tries"),
            Map.entry(503, "Not now"));

    private final int status;
    private final transient JsonObject extra;

    Problem(int status, String detail) {
        this(status, detail, new JsonObject());
    }

    Problem(int status, String detail, JsonObject extra) {
        super(detail, null, false, false);
        this.status = status;
        this.extra = extra;
    }

    static Problem notFound(String what, String name) {
        return new Problem(404, "no " + what + " " + name);
    }

    int status() {
        return status;
    }

    JsonObject json() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", TITLES.getOrDefault(status, "Internal error"))
                .put("status", status)
                .put("detail", getMessage())
                .mergeIn(extra);
    }
}
