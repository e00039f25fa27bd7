package dustwarden.core.judge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Judges one rule at one site from the site's facts; holds no state of its own, so that the order in which facts
 * arrived cannot matter.
 */
public interface RuleJudge {
    /** Time after a day's end at which its verdict is final where nothing is awaited. */
    long LATENESS_MS = 600_000;

    /** The kinds of facts that can change its verdict. */
    Set<FactKind> wakes();

    /** Those that can change a verdict that reads so. */
    default Set<FactKind> wakes(Judgement last) {
        return wakes();
    }

    /**
     * When the first of all that a verdict that carries rests on runs out if it is not repeated; a time that is past where
     * something has run out. Asked where nothing that wakes the rule came since it was judged.
     */
    default long holdsUntil(SiteFacts facts, long now) {
        return Long.MIN_VALUE;
    }

    /** The verdict now: of the running local day for a count a day, of this moment for a state. */
    Judgement now(SiteFacts facts, long now);

    /**
     * The verdict of the local day that starts at {@code dayStart} and has ended; empty for rules that judge a state
     * only.
     *
     * @param now when it is judged, at or after the day's end
     */
    default Optional<Judgement> day(SiteFacts facts, long dayStart, long now) {
        return Optional.empty();
    }

    /**
     * What explains the verdict of the local day that starts at {@code dayStart}, in numbers; it never changes a verdict.
     * Empty for rules that are not about dust in the air.
     */
    default Optional<SortedMap<String, Object>> explain(SiteFacts facts, long dayStart, long now) {
        return Optional.empty();
    }

    /** The arithmetic of the verdict now, line by line; empty for rules whose verdict names its figures itself. */
    default List<Step> steps(SiteFacts facts, long now) {
        return List.of();
    }

    /** When a day that has ended may be sealed, epoch ms, as known at {@code now}. */
    default long sealAt(SiteFacts facts, long dayStart, long now) {
        return facts.site().dayEnd(dayStart) + LATENESS_MS;
    }
}
