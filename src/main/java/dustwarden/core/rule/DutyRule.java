package dustwarden.core.rule;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Work;
import java.util.Set;

/**
 * While a dusty activity runs, suppression runs.
 *
 * @param activities any of them is the activity
 * @param works works of the plan that make the rule apply; empty: only reports do
 * @param graceMs from the start of a stretch; counts neither in gap nor share
 * @param gapMaxMs the longest dry gap that is allowed
 * @param shareMin least wet share of the day, judged once {@code shareAfterMs} were worked
 * @param flowMin litres a minute; below it a metered spray counts as off
 * @param rainMm rain of the last {@code rainWindowMs} that exempts, and for as long after it falls below
 * @param frostAtOrBelow °C that exempts where {@code frostExempts}, until {@code frostUntil} is reached
 * @param unwatchedUnknown whether an activity nobody watches makes the rule unknown
 * @param returnAfterMs wet working time after which an alarm returns
 */
public record DutyRule(
        RuleHead head,
        Set<Activity> activities,
        Set<Work> works,
        long graceMs,
        long gapMaxMs,
        double shareMin,
        long shareAfterMs,
        double flowMin,
        double rainMm,
        long rainWindowMs,
        double frostAtOrBelow,
        double frostUntil,
        boolean frostExempts,
        boolean unwatchedUnknown,
        long returnAfterMs)
        implements Rule {

    public DutyRule {
        activities = Activity.setOf(activities);
        works = Set.copyOf(works);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.duty(this);
    }

    static DutyRule read(RuleHead head, Fields fields) {
        return new DutyRule(
                head,
                Activity.setOf(fields.words("activities", Activity::ofWire, "earthwork, demolition, cutting, loading, haulage")),
                Set.copyOf(fields.words("works", Work::ofWire, "earthwork, demolition, cutting …")),
                fields.duration("grace", 0),
                fields.duration("gapMax"),
                fields.number("shareMin", 0.90),
                fields.duration("shareAfter", 120 * 60_000L),
                fields.number("flowMin", 1),
                fields.number("rainMm", 0.2),
                fields.duration("rainWindow", 3_600_000),
                fields.number("frostAtOrBelow", 2),
                fields.number("frostUntil", 4),
                fields.flag("frostExempts", false),
                fields.flag("unwatchedUnknown", true),
                fields.duration("returnAfter", 600_000));
    }
}
