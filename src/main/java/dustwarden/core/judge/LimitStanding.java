package dustwarden.core.judge;

import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.judge.WindowVerdict.Kind;
import dustwarden.core.model.Device;
import dustwarden.core.rule.LimitRule;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a monitor stands under a limit whatever the day.
 *
 * <p>A broken day keeps its alarm through the next, since its last window is decided after midnight only; the first
 * following day that ends within the allowance lets it return. Where the rule has a level to return below, the first
 * decided window at or below that does, and what lies between the two levels changes nothing.
 */
final class LimitStanding {
    private final LimitRule rule;
    private final LimitWindow limits;
    private final LimitReasons reasons;

    LimitStanding(LimitRule rule, LimitWindow limits, LimitReasons reasons) {
        this.rule = rule;
        this.limits = limits;
        this.reasons = reasons;
    }

    Subject subject(SiteFacts facts, PointDay today, PointDay yesterday, long now) {
        boolean before = today.state() == State.VIOLATION || yesterday.state() != State.VIOLATION;
        PointDay shown = before ? today : yesterday;
        Standing standing = rule.returnBelow().isPresent() ? byLevels(today, yesterday) : byDays(today, yesterday);
        Optional<WindowVerdict> worst = shown.exceeded().stream()
                .reduce((a, b) -> b.figure() - b.limit() > a.figure() - a.limit() ? b : a);
        OptionalDouble limit = OptionalDouble.of(
                worst.map(WindowVerdict::limit).orElseGet(() -> limits.limit(facts.site().localDate(now))));
        return new Subject(
                shown.monitor().id(),
                standing,
                standing == Standing.BROKEN ? failures(facts, shown.monitor(), now) : 0,
                worst.map(w -> OptionalDouble.of(w.figure())).orElse(OptionalDouble.empty()),
                limit,
                reasons.of(shown, facts.site().localDate(shown == today ? now : facts.site().dayStart(now) - 1)));
    }

    private static Standing byDays(PointDay today, PointDay yesterday) {
        if (today.state() == State.VIOLATION || yesterday.state() == State.VIOLATION) {
            return Standing.BROKEN;
        }
        return yesterday.state() == State.COMPLIANT ? Standing.IN_ORDER : Standing.UNCLEAR;
    }

    private Standing byLevels(PointDay today, PointDay yesterday) {
        if (today.silentSince().isPresent()) {
            return Standing.BROKEN;
        }
        Standing standing = Standing.UNCLEAR;
        for (PointDay day : new PointDay[] {yesterday, today}) {
            int exceeded = 0;
            for (WindowVerdict window : day.windows()) {
                exceeded += window.is(Kind.EXCEEDED) ? 1 : 0;
                if (window.is(Kind.EXCEEDED) && exceeded > day.allowed()) {
                    standing = Standing.BROKEN;
                } else if (window.is(Kind.GOOD) && window.figure() <= rule.returnBelow().getAsDouble()) {
                    standing = Standing.IN_ORDER;
                }
            }
        }
        return standing;
    }

    /** Exceedances at a point on all days that are kept, so that the number falls only by forgetting. */
    private long failures(SiteFacts facts, Device monitor, long now) {
        long earliest = Math.max(facts.countsFrom(rule.head()), now - SiteFacts.KEPT_MS);
        long found = 0;
        for (long day = facts.site().dayStart(now); day + WindowGrid.DAY_MS > earliest; day = facts.site().dayStart(day - 1)) {
            LimitWindow.Day terms = limits.day(facts, day, now);
            for (long start : limits.closed(facts, day, now)) {
                found += limits.judge(terms, monitor, start).is(Kind.EXCEEDED) ? 1 : 0;
            }
        }
        return found;
    }
}
