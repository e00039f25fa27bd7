package dustwarden.app.node;

import dustwarden.series.Listed;
import java.util.Optional;
import java.util.Set;

/** Where the notices that were due stand with their fates; blocks on a file. */
@FunctionalInterface
interface NoticeLists {
    Listed list(Optional<String> alarm, Optional<String> fate, Optional<Set<String>> sites, int limit, Optional<String> cursor);
}
