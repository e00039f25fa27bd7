package dustwarden.core.judge;

import dustwarden.core.judge.Suppression.Wet;
import java.util.Optional;

/**
 * A span over which nothing that a duty looks at changes.
 *
 * @param runs whether the activity runs; empty when nobody knows
 * @param wet whether it is wet; empty when nobody knows
 * @param exempt whether rain or frost exempts it
 * @param unwatchedMs length of the whole unwatched stretch that it belongs to, 0 when watched
 * @param offset newest entry behind it
 */
record DutyPart(
        long from, long to, Optional<Boolean> runs, Optional<Wet> wet, boolean exempt, long unwatchedMs, long offset) {

    /** What working time is worth under a duty. */
    enum Mode {
        IDLE,
        WET,
        DRY,
        EXEMPT
    }

    /** One way in which all that is unknown may have been. */
    enum World {
        /** Best: nobody worked unwatched. */
        BEST_IDLE,
        /** Best: work went on wet wherever that is not disproved. */
        BEST_WET,
        /** Best: idle where that earns a new grace, else wet. */
        BEST_MIXED,
        /** Worst: work went on dry wherever that is not disproved, and wet where it was. */
        WORST_RUNS,
        /** Worst: unwatched work went on only where it was dry. */
        WORST_DRY;

        boolean best() {
            return compareTo(WORST_RUNS) < 0;
        }
    }

    boolean running() {
        return runs.equals(Optional.of(true));
    }

    /** Whether all that matters here is known. */
    boolean known() {
        return runs.isPresent() && (!runs.get() || exempt || wet.isPresent());
    }

    DutyPart between(long start, long end, boolean isExempt) {
        return new DutyPart(start, end, runs, wet, isExempt, unwatchedMs, offset);
    }

    Mode mode(World world, long graceMs) {
        if (runs.isPresent() && !runs.get()) {
            return Mode.IDLE;
        }
        boolean dry = wet.map(w -> w == Wet.DRY).orElse(!world.best());
        if (runs.isPresent()) {
            return exempt ? Mode.EXEMPT : dry ? Mode.DRY : Mode.WET;
        }
        boolean idle = switch (world) {
            case BEST_IDLE -> true;
            case BEST_WET -> dry;
            case BEST_MIXED -> dry || unwatchedMs >= graceMs;
            case WORST_RUNS -> false;
            case WORST_DRY -> !dry;
        };
        return idle ? Mode.IDLE : exempt ? Mode.EXEMPT : dry ? Mode.DRY : Mode.WET;
    }
}
