package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import dustwarden.core.rule.BanRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges a ban: whether a banned activity runs while a restriction holds. The verdict is of this moment; the day's
 * record keeps what ran.
 */
public final class BanJudge implements RuleJudge {
    private final BanRule rule;
    private final Restrictions restrictions;
    private final Haulage haulage;
    private final Set<FactKind> cause;
    private final Set<FactKind> wakes;
    private final List<Subject> allFree = subjects(Set.of(), Set.of(), List.of());

    public BanJudge(BanRule rule, Site site) {
        this.rule = rule;
        this.restrictions = new Restrictions(rule);
        this.haulage = new Haulage(new Gates(site), rule.passageCountsMs());
        this.cause = switch (rule.cause()) {
            case ORDER -> EnumSet.of(FactKind.ORDER, FactKind.WATCH);
            case WIND -> EnumSet.of(FactKind.WIND, FactKind.WATCH);
            case NIGHT -> EnumSet.of(FactKind.WATCH);
        };
        this.wakes = EnumSet.of(FactKind.ACTIVITY, FactKind.PASSAGE, FactKind.HEARD, FactKind.WATCH);
        wakes.addAll(cause);
    }

    @Override
    public Set<FactKind> wakes() {
        return wakes;
    }

    /** Where nothing is banned it does not matter what runs. */
    @Override
    public Set<FactKind> wakes(Judgement last) {
        return last.state() == State.NOT_APPLICABLE ? cause : wakes();
    }

    @Override
    public Judgement now(SiteFacts facts, long now) {
        Restrictions.Present present = restrictions.at(facts, now);
        List<Restriction> inForce = present.inForce();
        long nextAt = present.nextChange();
        Set<Activity> bans = Restrictions.bans(inForce);
        if (bans.isEmpty()) {
            Judgement free = Judgement.notApplicable(Reason.of(present.windUnknown() ? "wind-unknown" : "no-restriction"));
            return free.withNextAt(nextAt).withSubjects(allFree);
        }
        List<Reason> reasons = new ArrayList<>();
        List<Long> proof = new ArrayList<>();
        Set<Activity> broken = EnumSet.noneOf(Activity.class);
        Set<Activity> unknown = EnumSet.noneOf(Activity.class);
        for (Activity activity : bans) {
            Stretch<Boolean> runs = line(facts, activity, now, now + 1).get(0);
            if (runs.value().isEmpty()) {
                unknown.add(activity);
                unwatched(facts, activity, now, reasons);
            } else if (runs.value().get()) {
                broken.add(activity);
                proof.add(runs.offset());
                reasons.add(broken(activity, inForce));
            }
            nextAt = Math.min(nextAt, holdsUntil(facts, activity, now));
        }
        State state = !broken.isEmpty() ? State.VIOLATION : !unknown.isEmpty() ? State.UNKNOWN : State.COMPLIANT;
        double idle = bans.size() - broken.size() - unknown.size();
        double known = (double) (bans.size() - unknown.size()) / bans.size();
        return new Judgement(state, idle / bans.size(), (idle + unknown.size()) / bans.size(), known, reasons,
                Judgement.proofOf(proof.stream().filter(o -> o >= 0).toList()), OptionalLong.empty(),
                OptionalLong.empty(), subjects(broken, unknown, reasons), nextAt);
    }

    @Override
    public List<Step> steps(SiteFacts facts, long now) {
        List<Restriction> inForce = restrictions.at(facts, now).inForce();
        List<Step> steps = new ArrayList<>();
        inForce.forEach(r -> steps.add(Step.of("restriction", "cause", rule.cause().name().toLowerCase(Locale.ROOT), "order", r.order(),
                "bans", String.join(" ", r.bans().stream().map(Activity::wire).sorted().toList()))));
        for (Activity activity : Restrictions.bans(inForce)) {
            Stretch<Boolean> runs = line(facts, activity, now, now + 1).get(0);
            String said = runs.value().map(r -> r ? "yes" : "no").orElse("unknown");
            steps.add(Step.of("activity", "activity", activity.wire(), "runs", said, "offset", runs.offset()));
        }
        return steps;
    }

    @Override
    public Optional<Judgement> day(SiteFacts facts, long dayStart, long now) {
        long dayEnd = facts.site().dayEnd(dayStart);
        long from = Math.max(dayStart, facts.countsFrom(rule.head()));
        if (from >= dayEnd) {
            return Optional.empty();
        }
        List<Restriction> inForce = restrictions.within(facts, from, dayEnd).stream().filter(r -> !r.bans().isEmpty()).toList();
        Spans ran = new Spans();
        Spans unknown = new Spans();
        Spans restricted = new Spans();
        List<Reason> reasons = new ArrayList<>();
        for (Restriction restriction : inForce) {
            restricted.add(restriction.from(), restriction.to());
            for (Activity activity : restriction.bans()) {
                for (Stretch<Boolean> stretch : line(facts, activity, restriction.from(), restriction.to())) {
                    if (stretch.value().isEmpty()) {
                        unknown.add(stretch.from(), stretch.to());
                        reasons.add(Reason.of("unwatched", "activity", activity.wire()));
                    } else if (stretch.value().get()) {
                        ran.add(stretch.from(), stretch.to());
                        reasons.add(broken(activity, List.of(restriction)));
                    }
                }
            }
        }
        if (restricted.isEmpty()) {
            return Optional.of(Judgement.notApplicable(Reason.of("no-restriction")).over(dayStart, dayEnd));
        }
        double all = restricted.covered(from, dayEnd);
        double broken = ran.covered(from, dayEnd) / all;
        ran.within(from, dayEnd).forEach(s -> unknown.remove(s.from(), s.to()));
        double open = unknown.covered(from, dayEnd) / all;
        State state = !ran.isEmpty() ? State.VIOLATION : open > 0 ? State.UNKNOWN : State.COMPLIANT;
        double high = Math.min(1, Math.max(0, 1 - broken));
        double low = Math.min(high, Math.max(0, 1 - broken - open));
        return Optional.of(new Judgement(state, low, high, Math.max(0, 1 - open), reasons, List.of(),
                OptionalLong.of(dayStart), OptionalLong.of(dayEnd), List.of(), Long.MAX_VALUE));
    }

    private List<Stretch<Boolean>> line(SiteFacts facts, Activity activity, long from, long to) {
        return activity == Activity.HAULAGE ? haulage.of(facts, from, to) : Works.of(facts, Set.of(activity), from, to);
    }

    private long holdsUntil(SiteFacts facts, Activity activity, long now) {
        return activity == Activity.HAULAGE
                ? haulage.holdsUntil(facts, now)
                : Works.holdsUntil(facts, Set.of(activity), now);
    }

    private Reason broken(Activity activity, List<Restriction> inForce) {
        TreeMap<String, Object> params = new TreeMap<>();
        params.put("activity", activity.wire());
        params.put("cause", rule.cause().name().toLowerCase(Locale.ROOT));
        inForce.stream().filter(r -> r.bans().contains(activity) && !r.order().isEmpty()).findFirst()
                .ifPresent(r -> params.put("order", r.order()));
        return new Reason("ban-broken", params);
    }

    private static void unwatched(SiteFacts facts, Activity activity, long now, List<Reason> reasons) {
        reasons.add(Reason.of("unwatched", "activity", activity.wire()));
        for (Device sensor : Works.sensors(facts.site(), Set.of(activity))) {
            if (!facts.device(sensor.id()).heardAt(now)) {
                reasons.add(Silence.why(facts, sensor, now));
            }
        }
    }

    /** One subject each activity that the rule, or an order now, may ban; what is not banned is in order. */
    private static List<Subject> subjects(Set<Activity> broken, Set<Activity> unknown, List<Reason> reasons) {
        List<Subject> subjects = new ArrayList<>();
        for (Activity activity : Activity.values()) {
            Standing standing = broken.contains(activity)
                    ? Standing.BROKEN
                    : unknown.contains(activity) ? Standing.UNCLEAR : Standing.IN_ORDER;
            List<Reason> its = reasons.stream()
                    .filter(r -> activity.wire().equals(r.params().get("activity")))
                    .toList();
            subjects.add(new Subject(activity.wire(), standing, 0,
                    OptionalDouble.empty(), OptionalDouble.empty(), its));
        }
        return subjects;
    }
}
