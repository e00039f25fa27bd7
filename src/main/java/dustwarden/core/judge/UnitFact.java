package dustwarden.core.judge;

import dustwarden.core.model.Observation.UnitReport;

/**
 * A report on a unit as it came.
 *
 * @param at the instant that it counts from: the earlier of measured and received, epoch ms
 * @param validityMs how long a sensor's report counts, by its cadence
 * @param skewMs how far the device's clock was known to be off, measured minus received; 0 where it was good
 * @param offset its entry
 */
public record UnitFact(UnitReport report, long at, long received, long validityMs, long skewMs, long offset) {
    /** The same by its device's clock as it should be. */
    UnitFact corrected() {
        return new UnitFact(report, Math.min(report.ts() - skewMs, received), received, validityMs, skewMs, offset);
    }
}
