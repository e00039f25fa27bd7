package dustwarden.core.judge;

import dustwarden.core.model.Observation.UnitReport;

/**
 * A report on a unit as it came.
 *
 * @param at the instant that it counts from: the earlier of measured and received, epoch ms
 * @param validityMs how long a sensor's report counts, by its cadence
 * @param offset its entry
 */
public record UnitFact(UnitReport report, long at, long received, long validityMs, long offset) {}
