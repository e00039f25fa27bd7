package dustwarden.intake;

import dustwarden.ledger.SnapshotSet;
import java.util.Optional;

/**
 * Asked, on the journal's thread, at moments when the core has stepped exactly the entries below {@code applied} and all
 * their decisions are on disk, whether states are to be stored.
 */
public interface Checkpoint {
    /**
     * The states to store now, if any are due.
     *
     * @param received of the newest entry stepped, epoch ms
     */
    Optional<SnapshotSet> due(long applied, long received);

    /** The states that {@link #due} gave could not be stored. */
    void failed();

    /** Stores no states: a start steps the whole journal. */
    static Checkpoint never() {
        return new Checkpoint() {
            @Override
            public Optional<SnapshotSet> due(long applied, long received) {
                return Optional.empty();
            }

            @Override
            public void failed() {
                throw new IllegalStateException("nothing was to be stored");
            }
        };
    }
}
