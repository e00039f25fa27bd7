package dustwarden.core.judge;

import dustwarden.core.judge.DutyPart.World;
import dustwarden.core.judge.DutyRun.Breach;
import dustwarden.core.judge.Suppression.Wet;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import dustwarden.core.rule.DutyRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges a duty over the local day: while a dusty activity runs, suppression runs.
 *
 * <p>All that is unknown is thought through in its best and its worst worlds: a breach in every best world is a
 * violation, a breach in no worst world is compliance, all else is unknown.
 */
public final class DutyJudge implements RuleJudge {
    private static final int NAMED_MAX = 3;

    private final DutyRule rule;
    private final List<Device> sprays;
    private final List<Device> sensors;
    private final DutyStanding standing;

    public DutyJudge(DutyRule rule, Site site) {
        this.rule = rule;
        this.sprays = Suppression.sprays(site, rule.activities());
        this.sensors = Works.sensors(site, rule.activities());
        this.standing = new DutyStanding(rule, sprays);
    }

    @Override
    public Set<FactKind> wakes() {
        return EnumSet.of(FactKind.ACTIVITY, FactKind.SPRAY, FactKind.WEATHER, FactKind.WATCH, FactKind.HEARD);
    }

    @Override
    public Judgement now(SiteFacts facts, long now) {
        Site site = facts.site();
        long dayStart = site.dayStart(now);
        long dayEnd = site.dayEnd(now);
        DutyDay day = new DutyDay(rule, facts, sprays, dayStart, now, dayEnd, now);
        Judgement judged = judge(facts, day, site.localDate(now), true, now);
        Subject subject = standing.subject(facts, day, judged.state(), now);
        boolean steady = day.steady() && subject.standing() == Subject.Standing.IN_ORDER;
        return judged.withSubjects(List.of(subject))
                .withNextAt(nextAt(facts, day, judged, now))
                .carrying(steady ? turnsAt(facts, day, now) : Long.MIN_VALUE)
                .over(dayStart, dayEnd);
    }

    @Override
    public long holdsUntil(SiteFacts facts, long now) {
        long until = Long.MAX_VALUE;
        boolean runs = false;
        for (Activity activity : rule.activities()) {
            for (String device : facts.reportersOf(activity)) {
                for (StateLine<Boolean> line : facts.running(device, activity).values()) {
                    if (line.at(now).isEmpty()) {
                        return Long.MIN_VALUE;
                    }
                    runs |= line.at(now).get();
                    until = Math.min(until, line.holdsUntil(now));
                }
            }
        }
        for (int i = 0; runs && i < sprays.size(); i++) {
            StateLine<SprayState> line = facts.spray(sprays.get(i).id());
            if (line.at(now).isEmpty()) {
                return Long.MIN_VALUE;
            }
            until = Math.min(until, line.holdsUntil(now));
        }
        return until;
    }

    @Override
    public List<Step> steps(SiteFacts facts, long now) {
        Site site = facts.site();
        DutyDay day = new DutyDay(rule, facts, sprays, site.dayStart(now), now, now, now);
        List<Step> steps = new ArrayList<>();
        for (DutyPart part : day.withScene()) {
            String runs = part.runs().map(r -> r ? "yes" : "no").orElse("unknown");
            String wet = part.wet().map(w -> w == Wet.DRY ? "no" : "yes").orElse("unknown");
            steps.add(Step.of("part", "from", part.from(), "to", part.to(), "runs", runs, "wet", wet, "exempt", part.exempt(),
                    "unwatchedMs", part.unwatchedMs()));
        }
        steps.add(Step.of("terms", "dayStart", site.dayStart(now), "graceMs", rule.graceMs(), "gapMaxMs", rule.gapMaxMs()));
        return steps;
    }

    @Override
    public Optional<Judgement> day(SiteFacts facts, long dayStart, long now) {
        long dayEnd = facts.site().dayEnd(dayStart);
        if (facts.countsFrom() >= dayEnd) {
            return Optional.empty();
        }
        DutyDay day = new DutyDay(rule, facts, sprays, dayStart, dayEnd, dayEnd, now);
        return Optional.of(judge(facts, day, facts.site().localDate(dayStart), false, now).over(dayStart, dayEnd));
    }

    private Judgement judge(SiteFacts facts, DutyDay day, LocalDate date, boolean running, long now) {
        boolean planned = rule.works().isEmpty() || facts.site().planned(date, rule.works());
        if (!planned && !day.ran()) {
            return Judgement.notApplicable(Reason.of("not-planned"));
        }
        List<Reason> reasons = new ArrayList<>();
        if (!planned) {
            reasons.add(Reason.of("plan-contradicted", "activity", DutyStanding.words(rule)));
        }
        if (!day.anything()) {
            reasons.add(Reason.of("no-work", "activity", DutyStanding.words(rule)));
            return judgement(State.NOT_APPLICABLE, 1, 1, 1, reasons, List.of());
        }
        State state = state(facts, day, running, reasons, now);
        double low = share(day, World.WORST_RUNS, World.WORST_DRY, false, running);
        double high = share(day, World.BEST_WET, World.BEST_MIXED, true, running);
        if (state == State.NOT_APPLICABLE) {
            return judgement(state, 1, 1, 1, reasons, List.of());
        }
        boolean nothingLost = state == State.UNKNOWN && low == 1;
        List<DutyPart> parts = day.parts();
        return judgement(state, nothingLost ? 0 : low, Math.max(low, high), capture(parts), reasons,
                parts.stream().filter(p -> p.running() && p.offset() >= 0).map(DutyPart::offset).toList());
    }

    private State state(SiteFacts facts, DutyDay day, boolean running, List<Reason> reasons, long now) {
        List<Breach> breaches = day.breaches();
        if (!breaches.isEmpty()) {
            breaches.subList(Math.max(0, breaches.size() - NAMED_MAX), breaches.size())
                    .forEach(b -> reasons.add(DutyStanding.why(facts, rule, b)));
            relayOnly(day, reasons);
            return State.VIOLATION;
        }
        boolean unwatchedNow = running && rule.unwatchedUnknown() && day.runsAtEnd().isEmpty();
        boolean dampNow = running && day.last().filter(p -> p.running() && !p.known()).isPresent();
        boolean perhapsBroken = !day.breaches(World.WORST_RUNS).isEmpty() || !day.breaches(World.WORST_DRY).isEmpty();
        if (unwatchedNow || dampNow || perhapsBroken) {
            unknown(facts, day, running, unwatchedNow, dampNow, reasons, now);
            return State.UNKNOWN;
        }
        if (!day.ran()) {
            reasons.add(Reason.of("no-work", "activity", DutyStanding.words(rule)));
            return State.NOT_APPLICABLE;
        }
        DutyRun run = day.run(World.BEST_MIXED);
        if (run.worked() == 0 && run.exempt() > 0) {
            reasons.add(Reason.of("exempt", "cause", day.exemptCause()));
        }
        relayOnly(day, reasons);
        return State.COMPLIANT;
    }

    private void unknown(
            SiteFacts facts, DutyDay day, boolean running, boolean unwatchedNow, boolean dampNow, List<Reason> reasons, long now) {
        boolean unwatched = unwatchedNow || rule.unwatchedUnknown() && day.unwatched();
        boolean damp = dampNow || day.parts().stream().anyMatch(p -> p.running() && !p.known());
        if (unwatched) {
            reasons.add(Reason.of("unwatched", "activity", DutyStanding.words(rule)));
            if (unwatchedNow) {
                sensors.forEach(d -> reasons.add(silence(facts, d, now)));
            }
        }
        if (damp && sprays.isEmpty()) {
            reasons.add(Reason.of("no-suppressor", "activity", DutyStanding.words(rule)));
        } else if (damp) {
            reasons.add(Reason.of("spray-unknown", "activity", DutyStanding.words(rule)));
            if (running && dampNow) {
                sprays.stream().filter(d -> facts.spray(d.id()).at(now).isEmpty())
                        .forEach(d -> reasons.add(silence(facts, d, now)));
            }
        }
    }

    private static Reason silence(SiteFacts facts, Device device, long now) {
        return facts.device(device.id()).heardAt(now)
                ? Reason.of("no-report", "device", device.id())
                : Silence.why(facts, device, now);
    }

    private void relayOnly(DutyDay day, List<Reason> reasons) {
        if (day.parts().stream().anyMatch(p -> p.running() && p.wet().equals(Optional.of(Wet.RELAY)))) {
            reasons.add(Reason.of("relay-only", "activity", DutyStanding.words(rule)));
        }
    }

    /** While the day runs to a thousandth, so that not every minute is a new line; of a day that has ended exactly. */
    private static double share(DutyDay day, World one, World other, boolean best, boolean running) {
        double a = day.run(one).share();
        double b = day.run(other).share();
        double share = best ? Math.max(a, b) : Math.min(a, b);
        return running ? Math.round(share * 1000) / 1000.0 : share;
    }

    private static double capture(List<DutyPart> parts) {
        long all = parts.stream().mapToLong(p -> p.to() - p.from()).sum();
        long known = parts.stream().filter(DutyPart::known).mapToLong(p -> p.to() - p.from()).sum();
        return all == 0 ? 0 : (double) known / all;
    }

    private long nextAt(SiteFacts facts, DutyDay day, Judgement judged, long now) {
        long next = Works.holdsUntil(facts, rule.activities(), now);
        if (!day.anything() || judged.reasons().stream().anyMatch(r -> r.code().equals("not-planned"))) {
            return next;
        }
        next = Math.min(next, Suppression.holdsUntil(facts, sprays, now));
        return Math.min(next, turnsAt(facts, day, now));
    }

    /** When it turns even if all that holds goes on. */
    private long turnsAt(SiteFacts facts, DutyDay day, long now) {
        long next = day.exemptUntil();
        for (World world : World.values()) {
            next = Math.min(next, Math.min(day.nextBreach(world), day.nextMended(world)));
        }
        for (Device device : sensors) {
            // From then on it is the device that is silent, no longer we who had just come back.
            long patience = facts.watchingSince() + device.validityMs();
            next = patience > now ? Math.min(next, patience) : next;
        }
        return next;
    }

    private static Judgement judgement(
            State state, double low, double high, double capture, List<Reason> reasons, List<Long> offsets) {
        return new Judgement(state, low, high, capture, reasons, Judgement.proofOf(offsets), OptionalLong.empty(),
                OptionalLong.empty(), List.of(), Long.MAX_VALUE);
    }
}
