package dustwarden.core.judge;

import java.util.Optional;

/**
 * One vehicle's way out through a gate, as far as it counts under a rule.
 *
 * @param at the first report's instant, epoch ms
 * @param why what failed or is not known; empty when it passed
 * @param sureToCount whether it counts beyond doubt, for example proven loaded
 * @param wheelsUnknown whether nobody saw the wheels
 * @param earliest the first instant at which it may have been, where a clock is off
 * @param latest the last such instant
 */
record Exit(
        String gate,
        long at,
        long earliest,
        long latest,
        Outcome outcome,
        Optional<Reason> why,
        boolean sureToCount,
        boolean wheelsUnknown,
        long offset) {
    /** From the best to the worst; of two reports on one exit the worse counts. */
    enum Outcome {
        PASSED,
        UNKNOWN,
        FAILED
    }

    /** The same exit with what another report on it says: the worse stands, the first of two equals. */
    Exit with(Exit other) {
        Exit worse = other.outcome.compareTo(outcome) > 0 ? other : this;
        return new Exit(gate, Math.min(at, other.at), Math.min(earliest, other.earliest),
                Math.max(latest, other.latest), worse.outcome, worse.why, sureToCount || other.sureToCount,
                wheelsUnknown && other.wheelsUnknown, worse.offset);
    }
}
