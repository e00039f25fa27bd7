package dustwarden.core.judge;

import dustwarden.core.judge.DutyPart.World;
import dustwarden.core.judge.DutyRun.Breach;
import dustwarden.core.judge.DutyRun.Kind;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.rule.DutyRule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How a duty stands whatever the day: broken after a breach until enough wet work in a row; that work is over mends
 * nothing.
 */
final class DutyStanding {
    private static final long DAY_MS = 86_400_000;

    private final DutyRule rule;
    private final List<Device> sprays;

    DutyStanding(DutyRule rule, List<Device> sprays) {
        this.rule = rule;
        this.sprays = sprays;
    }

    /** The activities of a duty as one id, for example {@code earthwork}. */
    static String words(DutyRule rule) {
        return rule.activities().stream().sorted().map(Activity::wire).collect(Collectors.joining("+"));
    }

    static Reason why(SiteFacts facts, DutyRule rule, Breach breach) {
        if (breach.kind() == Kind.GAP) {
            return Reason.of("dry-gap", "activity", words(rule), "from", Silence.iso(facts.site(), breach.from()),
                    "limit", rule.gapMaxMs() / 60_000);
        }
        return Reason.of("share-low", "activity", words(rule), "at", Silence.iso(facts.site(), breach.at()),
                "limit", rule.shareMin());
    }

    /** Walks back from the running day to the last mending, at most as far as facts are kept. */
    Subject subject(SiteFacts facts, DutyDay today, State state, long now) {
        long failures = 0;
        Optional<Reason> newest = Optional.empty();
        double gap = 0;
        DutyDay day = today;
        long dayStart = facts.site().dayStart(now);
        long oldest = Math.max(facts.countsFrom(rule.head()), now - SiteFacts.KEPT_MS);
        while (true) {
            List<Breach> breaches = day.breaches();
            long mended = day.anything() ? lastMended(day) : Long.MIN_VALUE;
            for (int i = breaches.size() - 1; i >= 0 && breaches.get(i).at() > mended; i--) {
                Breach breach = breaches.get(i);
                failures += breach.carried() ? 0 : 1;
                newest = newest.isPresent() ? newest : Optional.of(why(facts, rule, breach));
                gap = Math.max(gap, day.run(World.BEST_MIXED).gapLongest());
            }
            dayStart = previous(facts, dayStart, oldest);
            if (mended > Long.MIN_VALUE || dayStart == Long.MIN_VALUE) {
                break;
            }
            long dayEnd = facts.site().dayEnd(dayStart);
            day = new DutyDay(rule, facts, sprays, dayStart, dayEnd, dayEnd, now);
        }
        Subject.Standing standing = newest.isPresent()
                ? Subject.Standing.BROKEN
                : state == State.UNKNOWN ? Subject.Standing.UNCLEAR : Subject.Standing.IN_ORDER;
        OptionalDouble peak = newest.isPresent() ? OptionalDouble.of(Math.floor(gap / 60_000)) : OptionalDouble.empty();
        return new Subject(words(rule), standing, failures, peak, OptionalDouble.of(rule.gapMaxMs() / 60_000.0),
                newest.map(List::of).orElse(List.of()));
    }

    /** Wet work counts as mending only where it is proven: in every world. */
    private static long lastMended(DutyDay day) {
        long last = Long.MAX_VALUE;
        for (World world : new World[] {World.BEST_IDLE, World.WORST_DRY}) {
            List<Long> mended = day.run(world).mended();
            last = Math.min(last, mended.isEmpty() ? Long.MIN_VALUE : mended.get(mended.size() - 1));
        }
        return last;
    }

    /** The newest day before this one on which the activity was reported to run; the least long for none. */
    private long previous(SiteFacts facts, long dayStart, long oldest) {
        for (long days = 1, to = dayStart; to > oldest; days *= 2) {
            long from = Math.max(oldest, to - days * DAY_MS);
            var works = Works.of(facts, rule.activities(), from, to);
            for (int i = works.size() - 1; i >= 0; i--) {
                if (works.get(i).value().equals(Optional.of(true))) {
                    return facts.site().dayStart(works.get(i).to() - 1);
                }
            }
            to = from;
        }
        return Long.MIN_VALUE;
    }
}
