package dustwarden.app.node;

import dustwarden.series.Listed;
import java.util.Optional;

/** Where the notices that were due stand with their fates; blocks on a file. */
@FunctionalInterface
interface NoticeLists {
    Listed list(Optional<String> alarm, Optional<String> fate, int limit, Optional<String> cursor);
}
