package dustwarden.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One page of a list: its items, and the cursor of the next page while there is one. */
public record Page(List<JsonObject> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    /** A list that is all there. */
    public static Page of(List<JsonObject> items) {
        return new Page(items, Optional.empty());
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put("items", new JsonArray(items));
        next.ifPresent(cursor -> json.put("next", cursor));
        return json;
    }
}
