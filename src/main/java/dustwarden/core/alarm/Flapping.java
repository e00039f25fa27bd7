package dustwarden.core.alarm;

import java.util.ArrayList;
import java.util.List;

/**
 * How often a subject's alarm came and went of late. From so many raisings within an hour on it flaps: each change is still
 * recorded and none is told, until it has stood still for an hour.
 */
final class Flapping {
    /** Raisings within the hour from which on it flaps. */
    static final int RAISINGS = 4;

    static final long HOUR = 3_600_000;

    private final List<Long> raisings = new ArrayList<>();
    private long changedAt = Long.MIN_VALUE;
    private boolean on;

    boolean on() {
        return on;
    }

    /** It was raised; answers whether it flaps from now on. */
    boolean raised(long now) {
        raisings.removeIf(at -> at <= now - HOUR);
        raisings.add(now);
        changedAt = now;
        boolean begins = !on && raisings.size() >= RAISINGS;
        on |= begins;
        return begins;
    }

    void returned(long now) {
        changedAt = now;
    }

    /** When it has stood still for long enough, epoch ms; {@code Long.MAX_VALUE} where it does not flap. */
    long settlesAt() {
        return on ? changedAt + HOUR : Long.MAX_VALUE;
    }

    void settled() {
        on = false;
        raisings.clear();
    }

    /** Nothing of it can matter any more. */
    boolean forgotten(long now) {
        return !on && (raisings.isEmpty() || raisings.stream().allMatch(at -> at <= now - HOUR));
    }
}
