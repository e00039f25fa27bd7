package dustwarden.core.judge;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import java.util.Optional;
import java.util.Set;

/** Sums of clock-aligned windows at each monitor of a site, for the quantities and periods that its rules use. */
public final class Windows {
    /** A quantity and an averaging period that some rule of the site uses. */
    public record Spec(Quantity quantity, long periodMs) {}

    /**
     * A mean over one window.
     *
     * @param start epoch ms
     * @param mean unrounded; 0 where {@code values} is 0
     * @param values how many values flagged normal it is over
     * @param capture slots of the cadence with a value, of all slots, at most 1
     * @param aboveRange how many values came flagged above range
     * @param peak the highest value, those above range included
     */
    public record Mean(
            String device,
            Quantity quantity,
            long periodMs,
            long start,
            double mean,
            int values,
            double capture,
            int aboveRange,
            double peak,
            long firstOffset,
            long lastOffset) {}

    private final Set<Spec> specs;

    public Windows(Set<Spec> specs) {
        this.specs = Set.copyOf(specs);
    }

    public Set<Spec> specs() {
        return specs;
    }

    /** Adds one value, once; answers whether it fell into a window that had closed at {@code received}. */
    public boolean add(String device, Quantity quantity, long everyMs, long ts, double value, Flag flag, long received, long offset) {
        return false;
    }

    /** The window that starts at {@code start}; empty when no value fell into it. */
    public Optional<Mean> mean(String device, Quantity quantity, long periodMs, long start) {
        return Optional.empty();
    }

    /** The same sums for other means; those used before and after keep what they have. */
    Windows with(Set<Spec> others) {
        return new Windows(others);
    }

    void forgetBefore(long at) {
    }
}
