package dustwarden.core.honesty;

/**
 * How long one quantity of a monitor has said the same value, without a gap; state of plain fields.
 *
 * <p>Also counts leaps: from one report to the next by a factor of eight and 300 µg/m³, up or down.
 */
final class ValueRun {
    private static final double LEAP_FACTOR = 8;
    private static final double LEAP_LEAST = 300;
    private static final int LEAPS_KEPT = 4;
    static final long LEAPS_WITHIN_MS = 3_600_000;

    private double value = Double.NaN;
    private long since;
    private long last = Long.MIN_VALUE;
    private int count;
    private int ranged;
    private final long[] leaps = new long[LEAPS_KEPT];
    private int leapCount;
    private double leapFrom;

    /**
     * Takes the next value, later than all before.
     *
     * @param gapMs how long two reports may be apart to follow on each other
     * @param atRange whether the device itself flags it as out of its range
     * @return whether it leapt
     */
    boolean take(long ts, double next, boolean atRange, long gapMs) {
        boolean follows = last != Long.MIN_VALUE && ts - last <= gapMs;
        boolean leapt = false;
        if (follows && next == value) {
            count++;
        } else {
            leapt = follows && isLeap(value, next);
            if (leapt) {
                leaps[leapCount % LEAPS_KEPT] = ts;
                leapCount++;
                leapFrom = value;
            }
            value = next;
            since = ts;
            count = 1;
        }
        ranged = atRange && (follows || ranged == 0) ? ranged + 1 : atRange ? 1 : 0;
        last = ts;
        return leapt;
    }

    private static boolean isLeap(double from, double to) {
        double low = Math.min(from, to);
        double high = Math.max(from, to);
        return high - low >= LEAP_LEAST && high >= LEAP_FACTOR * low;
    }

    double value() {
        return value;
    }

    int count() {
        return count;
    }

    /** Reports in a row that the device flagged as out of range. */
    int ranged() {
        return ranged;
    }

    long lengthMs() {
        return last - since;
    }

    double leapFrom() {
        return leapFrom;
    }

    /** Whether the last four leaps were within an hour. */
    boolean leapsOften() {
        if (leapCount < LEAPS_KEPT) {
            return false;
        }
        long first = leaps[leapCount % LEAPS_KEPT];
        return last - first <= LEAPS_WITHIN_MS;
    }
}
