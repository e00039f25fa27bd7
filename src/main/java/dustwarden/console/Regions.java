package dustwarden.console;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** What the console shows across sites: the ranking of a region and the rulebooks in force. */
public interface Regions {
    /** @param region a node of the region path; empty = all */
    record Stretch(Optional<String> region, Instant from, Instant to) {}

    /** Only the sites in sight, ranked among themselves. */
    Future<Page> ranking(Stretch stretch, Sight sight, PageRequest page);

    Future<Page> rulebooks(PageRequest page);
}
