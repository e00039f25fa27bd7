package dustwarden.report;

import dustwarden.report.SiteDay.Stretch;
import java.util.List;
import java.util.Map;

/**
 * How long a site's items were in which state, ms: the score is the share of the time that applies in which they were in order.
 *
 * <p>Time without a verdict is unknown; time in which an item does not apply counts for nobody.
 */
record Tallied(long good, long bad, long unknown, long none) {
    static Tallied of(Map<String, List<Stretch>> states) {
        long[] sums = new long[4];
        states.values().forEach(stretches -> stretches.forEach(s -> sums[kind(s.state())] += s.to() - s.from()));
        return new Tallied(sums[0], sums[1], sums[2], sums[3]);
    }

    static Tallied ofOne(List<Stretch> stretches) {
        return of(Map.of("", stretches));
    }

    private static int kind(String state) {
        return switch (state) {
            case "COMPLIANT" -> 0;
            case "VIOLATION" -> 1;
            case "NOT_APPLICABLE" -> 3;
            default -> 2;
        };
    }

    long applies() {
        return good + bad + unknown;
    }

    /** Nothing was known of it at any time. */
    boolean isBlank() {
        return good + bad == 0;
    }

    double share(long part) {
        return applies() == 0 ? 0 : (double) part / applies();
    }

    double score() {
        return share(good);
    }
}
