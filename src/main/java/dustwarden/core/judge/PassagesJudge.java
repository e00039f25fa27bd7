package dustwarden.core.judge;

import dustwarden.core.judge.Exit.Outcome;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import dustwarden.core.rule.PassagesRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Judges exits through the gates: the share of those of a local day, or of a rolling window, that meet the condition. */
public final class PassagesJudge implements RuleJudge {
    private static final int NAMED_MAX = 3;

    private final PassagesRule rule;
    private final Gates gates;
    private final Exits exits;
    private final GateStanding standing;

    public PassagesJudge(PassagesRule rule, Site site) {
        this.rule = rule;
        this.gates = new Gates(site);
        this.exits = new Exits(rule);
        this.standing = new GateStanding(rule, gates, exits);
    }

    @Override
    public Set<FactKind> wakes() {
        EnumSet<FactKind> kinds = EnumSet.of(FactKind.PASSAGE, FactKind.HEARD, FactKind.WATCH);
        if (rule.condition() == PassagesRule.Condition.WASHED) {
            kinds.add(FactKind.WEATHER);
        }
        return kinds;
    }

    @Override
    public Judgement now(SiteFacts facts, long now) {
        Site site = facts.site();
        long dayStart = site.dayStart(now);
        long from = Math.max(rule.windowMs().map(w -> now - w).orElse(dayStart), rule.head().inForceFrom(site.zone()));
        Judgement judged = judge(facts, site.localDate(now), from, now + 1, true, now)
                .withSubjects(standing.subjects(facts, now));
        return rule.windowMs().isPresent() ? judged : judged.over(dayStart, site.dayEnd(now));
    }

    @Override
    public long holdsUntil(SiteFacts facts, long now) {
        long until = Long.MAX_VALUE;
        for (Gates.Watched gate : gates.on(facts.site().localDate(now))) {
            long heard = now;
            for (Device device : gate.devices()) {
                heard = Math.max(heard, facts.device(device.id()).heardUntil(now));
            }
            until = Math.min(until, heard);
        }
        return until;
    }

    @Override
    public Optional<Judgement> day(SiteFacts facts, long dayStart, long now) {
        long dayEnd = facts.site().dayEnd(dayStart);
        if (rule.windowMs().isPresent() || facts.countsFrom() >= dayEnd) {
            return Optional.empty();
        }
        LocalDate date = facts.site().localDate(dayStart);
        return Optional.of(judge(facts, date, dayStart, dayEnd, false, now).over(dayStart, dayEnd));
    }

    /** What was counted. */
    private static final class Tally {
        int passed;
        int failed;
        int unknown;
        int blind;
        boolean unseen;
        long elapsedMs;
        long watchedMs;
        long nextAt = Long.MAX_VALUE;
        long carriesUntil = Long.MAX_VALUE;
        final List<Reason> violations = new ArrayList<>();
        final List<Reason> unknowns = new ArrayList<>();
        final List<Long> proof = new ArrayList<>();

        int counted() {
            return passed + failed + unknown;
        }
    }

    private Judgement judge(SiteFacts facts, LocalDate date, long from, long to, boolean running, long now) {
        List<Exit> all = rule.windowMs().isPresent()
                ? exits.within(facts, gates, from, to, now)
                : exits.within(facts, gates, from, to, now, true).stream().map(e -> doubted(facts.site(), e)).toList();
        boolean planned = rule.works().isEmpty() || facts.site().planned(date, rule.works());
        if (!planned && all.stream().noneMatch(Exit::sureToCount)) {
            return Judgement.notApplicable(Reason.of("not-planned"));
        }
        Tally tally = new Tally();
        for (int i = all.size() - 1; i >= 0; i--) {
            count(all.get(i), tally);
        }
        long start = Math.max(from, facts.countsFrom(rule.head()));
        for (Gates.Watched gate : gates.on(date)) {
            watch(facts, gate, all, start, running ? now : to, running, now, tally);
        }
        if (gates.on(date).isEmpty()) {
            tally.unseen = true;
            tally.unknowns.add(Reason.of("no-device"));
        }
        if (rule.windowMs().isPresent() && !all.isEmpty()) {
            tally.nextAt = Math.min(tally.nextAt, all.get(0).at() + rule.windowMs().get() + 1);
            tally.carriesUntil = Math.min(tally.carriesUntil, tally.nextAt);
        }
        return verdict(tally, planned);
    }

    /** A failure that a clock that is off may have moved to another day is sure on neither. */
    private static Exit doubted(Site site, Exit exit) {
        if (exit.outcome() != Outcome.FAILED || site.dayStart(exit.earliest()) == site.dayStart(exit.latest())) {
            return exit;
        }
        return new Exit(exit.gate(), exit.at(), exit.earliest(), exit.latest(), Outcome.UNKNOWN,
                exit.why().map(why -> new Reason("clock-skewed", why.params())), exit.sureToCount(), exit.wheelsUnknown(),
                exit.offset());
    }

    private static void count(Exit exit, Tally tally) {
        tally.proof.add(exit.offset());
        if (exit.outcome() == Outcome.PASSED) {
            tally.passed++;
        } else if (exit.outcome() == Outcome.FAILED) {
            if (tally.failed++ < NAMED_MAX) {
                exit.why().ifPresent(tally.violations::add);
            }
        } else if (tally.unknown++ < NAMED_MAX) {
            exit.why().ifPresent(tally.unknowns::add);
        }
    }

    private void watch(
            SiteFacts facts, Gates.Watched gate, List<Exit> all, long from, long to, boolean running, long now, Tally tally) {
        GateWatch watch = GateWatch.of(facts, gate, rule.silentShareMax(), from, to, now);
        tally.elapsedMs += watch.elapsedMs();
        tally.watchedMs += watch.watchedMs();
        tally.nextAt = Math.min(tally.nextAt, watch.nextAt());
        tally.carriesUntil = Math.min(tally.carriesUntil, watch.heard() ? watch.turnsAt() : Long.MIN_VALUE);
        List<Exit> here = all.stream().filter(e -> e.gate().equals(gate.id())).toList();
        boolean silentNow = running && !watch.heard();
        if (watch.tooSilent(rule.silentShareMax()) || silentNow && here.isEmpty()) {
            tally.unseen = true;
            boolean nobody = gate.devices().isEmpty();
            tally.unknowns.add(silentNow || nobody ? watch.why().orElseThrow() : Reason.of("gate-silent", "gate", gate.id()));
        }
        long blind = here.stream().filter(Exit::wheelsUnknown).count();
        boolean washed = rule.condition() == PassagesRule.Condition.WASHED;
        if (washed && gate.wheelCamera() && blind > rule.unknownWheelsShareMax() * here.size()) {
            tally.blind += (int) here.stream().filter(e -> e.wheelsUnknown() && e.outcome() == Outcome.PASSED).count();
            tally.unknowns.add(Reason.of("wheels-unknown", "gate", gate.id()));
        }
    }

    private Judgement verdict(Tally tally, boolean planned) {
        List<Reason> reasons = new ArrayList<>();
        int counted = tally.counted();
        State state;
        if (tally.failed > 0) {
            state = State.VIOLATION;
            reasons.addAll(tally.violations);
            reasons.add(Reason.of("passages-failed", "failed", (long) tally.failed, "total", (long) counted));
        } else if (!tally.unknowns.isEmpty()) {
            state = State.UNKNOWN;
        } else {
            state = counted == 0 ? State.NOT_APPLICABLE : State.COMPLIANT;
        }
        reasons.addAll(tally.unknowns);
        if (tally.unknown > 0) {
            reasons.add(Reason.of("passages-unknown", "unknown", (long) tally.unknown));
        }
        if (state == State.NOT_APPLICABLE) {
            reasons.add(Reason.of("no-exit"));
        }
        if (!planned) {
            reasons.add(Reason.of("plan-contradicted", "item", rule.head().item()));
        }
        // Nobody knows how many left unseen: at worst nearly all exits of the day failed.
        double low = tally.unseen ? 0 : counted == 0 ? 1 : (double) (tally.passed - tally.blind) / counted;
        double high = counted == 0 ? 1 : (double) (tally.passed + tally.unknown) / counted;
        double watched = tally.elapsedMs == 0 ? (tally.unseen ? 0 : 1) : (double) tally.watchedMs / tally.elapsedMs;
        double known = counted == 0 ? 1 : (double) (counted - tally.unknown) / counted;
        return new Judgement(state, low, high, watched * known, reasons, Judgement.proofOf(tally.proof),
                OptionalLong.empty(), OptionalLong.empty(), List.of(), tally.nextAt,
                state == State.COMPLIANT || state == State.NOT_APPLICABLE ? tally.carriesUntil : Long.MIN_VALUE);
    }
}
