package dustwarden.intake;

import dustwarden.core.Entry;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * Something that came in and is to be journaled.
 *
 * @param entry makes the entry from its received time, epoch ms; cheap, called once on the journal's thread
 * @param bytes about what it holds in memory
 * @param acknowledged run once the entry is on disk, on the journal's thread; must not block
 */
public record Arrival(LongFunction<Entry> entry, int bytes, Runnable acknowledged) {
    public Arrival {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(acknowledged, "acknowledged");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes + " is below 0");
        }
    }

    /** An arrival that nobody waits for. */
    public static Arrival of(LongFunction<Entry> entry, int bytes) {
        return new Arrival(entry, bytes, () -> {});
    }
}
