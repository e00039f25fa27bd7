package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;

/** What the console shows of sites; empty = no such site. The JSON is that of {@code openapi.yaml}. */
public interface Sites {
    /** Sites below a node of the region path (all when empty), worst state first. */
    Future<Page> list(Optional<String> region, Sight sight, PageRequest page);

    Future<Optional<JsonObject>> one(String site);

    Future<Optional<JsonObject>> checklist(String site);

    Future<Optional<Page>> devices(String site, PageRequest page);

    /** Passages of a local day of the site (its today when empty), newest first. */
    Future<Optional<Page>> passages(String site, Optional<LocalDate> day, PageRequest page);
}
