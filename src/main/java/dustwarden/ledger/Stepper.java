package dustwarden.ledger;

import dustwarden.core.Decision;
import dustwarden.core.Entry;
import java.util.List;

/** The core as a journal drives it: one entry after the other, in order, on one thread. */
@FunctionalInterface
public interface Stepper {
    List<Decision> step(long offset, Entry entry);

    /** Told of an entry at which the core threw. */
    @FunctionalInterface
    interface FailureListener {
        void failed(long offset, RuntimeException failure);
    }

    /** The same core, but an entry at which it throws has no decisions and does not stop the stream. */
    default Stepper guarded(FailureListener listener) {
        return (offset, entry) -> {
            try {
                return step(offset, entry);
            } catch (RuntimeException e) {
                listener.failed(offset, e);
                return List.of();
            }
        };
    }
}
