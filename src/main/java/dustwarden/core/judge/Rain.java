package dustwarden.core.judge;

import dustwarden.core.model.Device;
import dustwarden.core.model.Quantity;
import java.util.TreeMap;

/** Rain as the monitors of a site measured it; any gauge is proof, since a blocked one reads too little. */
final class Rain {
    /** Sums of decimal fractions differ from the fraction by less than this. */
    private static final double SLACK_MM = 1e-9;

    private Rain() {}

    /**
     * Spans of {@code [from, to)} that rain exempts: from when the sum over the last {@code windowMs} reaches an
     * amount until {@code windowMs} after it falls below.
     */
    static Spans exempt(SiteFacts facts, double amountMm, long windowMs, long from, long to) {
        Spans exempt = new Spans();
        for (Device monitor : Temperature.monitors(facts.site())) {
            TreeMap<Long, Double> steps = new TreeMap<>();
            facts.weather(monitor.id()).of(Quantity.RAIN).forEach(from - 3 * windowMs, to, (at, mm) -> {
                if (mm > 0) {
                    steps.merge(at, mm, Double::sum);
                    steps.merge(at + windowMs, -mm, Double::sum);
                }
            });
            double sum = 0;
            long since = Long.MIN_VALUE;
            for (var step : steps.entrySet()) {
                sum += step.getValue();
                boolean enough = sum >= amountMm - SLACK_MM;
                if (enough && since == Long.MIN_VALUE) {
                    since = step.getKey();
                } else if (!enough && since != Long.MIN_VALUE) {
                    exempt.add(Math.max(since, from), Math.min(step.getKey() + windowMs, to));
                    since = Long.MIN_VALUE;
                }
            }
        }
        return exempt;
    }

    /** Whether some gauge that was heard all the time since {@code at - dryMs} measured none. */
    static boolean provenDry(SiteFacts facts, long dryMs, long at) {
        for (Device monitor : Temperature.monitors(facts.site())) {
            long[] last = {at - dryMs};
            boolean[] dry = {true};
            facts.weather(monitor.id()).of(Quantity.RAIN).forEach(at - dryMs, at + 1, (ts, mm) -> {
                dry[0] &= mm == 0 && ts - last[0] < monitor.validityMs();
                last[0] = ts;
            });
            if (dry[0] && at - last[0] < monitor.validityMs()) {
                return true;
            }
        }
        return false;
    }
}
