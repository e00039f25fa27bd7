package dustwarden.ledger;

import dustwarden.core.Decision;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import java.util.List;
import java.util.Optional;

/** The core as a journal drives it: one entry after the other, in order, on one thread. */
@FunctionalInterface
public interface Stepper {
    List<Decision> step(long offset, Entry entry);

    /** What the last step took from its entry, where the core tells; else it is to be decoded again by who needs it. */
    default Optional<List<Taken>> taken() {
        return Optional.empty();
    }

    /** Told of an entry at which the core threw. */
    @FunctionalInterface
    interface FailureListener {
        void failed(long offset, RuntimeException failure);
    }

    /** The same core, but an entry at which it throws has no decisions and does not stop the stream. */
    default Stepper guarded(FailureListener listener) {
        Stepper core = this;
        return new Stepper() {
            private boolean failed;

            @Override
            public List<Decision> step(long offset, Entry entry) {
                failed = false;
                try {
                    return core.step(offset, entry);
                } catch (RuntimeException e) {
                    failed = true;
                    listener.failed(offset, e);
                    return List.of();
                }
            }

            @Override
            public Optional<List<Taken>> taken() {
                return failed ? Optional.empty() : core.taken();
            }
        };
    }
}
