package dustwarden.core.judge;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a limit says of one closed window at one point.
 *
 * @param cause the reason's code where it is undecided, else empty
 * @param figure what was held against the limit: the mean, or a difference of means; 0 where unknown
 * @param mean of the point itself; 0 where no value counts
 * @param background what was taken off, where something was
 * @param capture of the point in this window
 * @param aboveRange values that came flagged above range
 * @param proof offsets of the entries behind it
 */
record WindowVerdict(
        Kind kind,
        long start,
        String cause,
        double figure,
        double mean,
        double limit,
        OptionalDouble background,
        double capture,
        int aboveRange,
        List<Long> proof) {

    /** How a window stands. */
    enum Kind {
        GOOD,
        EXCEEDED,
        UNDECIDED,
        /** The point does not count in this window, another one does. */
        ELSEWHERE
    }

    static WindowVerdict undecided(long start, String cause, double limit, double capture, int aboveRange) {
        return new WindowVerdict(
                Kind.UNDECIDED, start, cause, 0, 0, limit, OptionalDouble.empty(), capture, aboveRange, List.of());
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
