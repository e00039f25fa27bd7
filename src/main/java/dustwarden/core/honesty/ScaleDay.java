package dustwarden.core.honesty;

import java.util.OptionalDouble;

/**
 * Whether a day's dust lies where dust is: most of it in 5 to 2,000 µg/m³, or the device speaks another unit; state of
 * plain fields. Zeros are another doubt.
 */
final class ScaleDay {
    private static final double LEAST = 5;
    private static final double MOST = 2_000;
    private static final double SHARE = 0.5;
    private static final long HALF_DAY_MS = 12 * 3_600_000L;

    private long values;
    private long odd;
    private long coveredMs;

    void take(double value, long everyMs) {
        if (value == 0) {
            return;
        }
        values++;
        coveredMs += everyMs;
        if (value < LEAST || value > MOST) {
            odd++;
        }
    }

    /** The day is over: the share that is odd, where it is the larger part of at least half a day. */
    OptionalDouble end() {
        boolean found = coveredMs >= HALF_DAY_MS && odd > SHARE * values;
        double share = values == 0 ? 0 : (double) odd / values;
        values = 0;
        odd = 0;
        coveredMs = 0;
        return found ? OptionalDouble.of(share) : OptionalDouble.empty();
    }
}
