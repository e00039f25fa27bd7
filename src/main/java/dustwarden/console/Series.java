package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Points of one quantity of a site; the JSON is {@code Points} of {@code openapi.yaml}, empty = no such site. */
public interface Series {
    /** @param limit the most points of the answer; with more, it carries {@code next} */
    record Query(
            String site,
            String quantity,
            Instant from,
            Instant to,
            Optional<Duration> period,
            Optional<String> device,
            int limit,
            Optional<String> cursor) {
        public Query {
            if (from.isAfter(to)) {
                throw new IllegalArgumentException("from must not be after to");
            }
        }
    }

    Future<Optional<JsonObject>> points(Query query);
}
