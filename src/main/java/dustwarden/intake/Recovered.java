package dustwarden.intake;

import dustwarden.ledger.Replay;
import java.util.Objects;

/**
 * What a start found when it stepped the core over what is stored.
 *
 * @param compared the entries that were decided before
 * @param caughtUp how many entries were journaled but not decided yet; their decisions go with the next commit
 */
public record Recovered(Replay.Result compared, long caughtUp) {
    public Recovered {
        Objects.requireNonNull(compared, "compared");
    }
}
