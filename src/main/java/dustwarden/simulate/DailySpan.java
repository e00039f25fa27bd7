package dustwarden.simulate;

import java.time.LocalTime;
import java.util.Objects;

/** A stretch of every local day, from inclusive to exclusive; it goes over midnight when from is after to. */
public record DailySpan(LocalTime from, LocalTime to) {

    public DailySpan {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (from.equals(to)) {
            throw new IllegalArgumentException("a span from " + from + " to the same time says nothing");
        }
    }

    /** Whether the span covers that time of day. */
    public boolean contains(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean over = !time.isBefore(to);
        return from.isBefore(to) ? begun && !over : begun || !over;
    }
}
