package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** What the console shows of alarms and their notices; empty = no such alarm. */
public interface Alarms {
    /** @param state a state's word, or {@code open} for every state but closed */
    record Filter(Optional<String> site, Optional<String> state, Optional<String> item, Sight sight) {}

    /** A span of time at one site, or below one region, or everywhere that the login sees. */
    record Span(Optional<String> site, Optional<String> region, Optional<Instant> from, Optional<Instant> to, Sight sight) {}

    Future<Page> list(Filter filter, PageRequest page);

    Future<Optional<JsonObject>> one(String id);

    /** The place that an alarm is of, as {@link Sight} has it: a site, or a node of the region path. */
    Future<Optional<String>> place(String id);

    /** The zip that proves an alarm. */
    Future<Optional<Buffer>> evidence(String id);

    Future<Page> notices(Optional<String> alarm, Optional<String> fate, Sight sight, PageRequest page);

    /** How alarms were handled, against the field's targets. */
    Future<JsonObject> figures(Span span);

    /** What people filed, newest first. */
    Future<Page> filings(Optional<String> site, Optional<String> kind, Optional<String> about, Sight sight, PageRequest page);
}
