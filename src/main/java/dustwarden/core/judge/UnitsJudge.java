package dustwarden.core.judge;

import dustwarden.core.judge.UnitVoice.Answer;
import dustwarden.core.model.Activity;
import dustwarden.core.model.DatePeriod;
import dustwarden.core.model.Phase;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteUnit;
import dustwarden.core.model.Work;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.UnitsRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Judges fences, covers, roads and other surveyed units: the share, by length or area, that is in order now. */
public final class UnitsJudge implements RuleJudge {
    private static final double LENGTH_SLACK_M = 1e-6;

    private final UnitsRule rule;
    private final UnitVoice voice;
    private final List<Restrictions> bans;
    private final boolean wind;

    /** @param bans those that bind the site: what they stop voids a work face */
    public UnitsJudge(UnitsRule rule, List<BanRule> bans) {
        this.rule = rule;
        this.bans = bans.stream().map(Restrictions::new).toList();
        this.wind = bans.stream().anyMatch(ban -> ban.cause() == BanRule.Cause.WIND);
        this.voice = new UnitVoice(rule.validity(), rule.subject() == UnitsRule.Subject.COVER);
    }

    @Override
    public Set<FactKind> wakes() {
        if (rule.subject() != UnitsRule.Subject.COVER) {
            return EnumSet.of(FactKind.UNIT, FactKind.HEARD);
        }
        EnumSet<FactKind> kinds =
                EnumSet.of(FactKind.UNIT, FactKind.ACTIVITY, FactKind.SPRAY, FactKind.ORDER, FactKind.HEARD);
        if (wind) {
            kinds.add(FactKind.WIND);
        }
        return kinds;
    }

    /** What was added up so far. */
    private static final class Sum {
        double total;
        double known;
        double inOrder;
        double open;
        double exemptOpen;
        long nextAt = Long.MAX_VALUE;
        final List<Reason> violations = new ArrayList<>();
        final List<Reason> unknowns = new ArrayList<>();
        final List<Subject> subjects = new ArrayList<>();
        final List<Long> proof = new ArrayList<>();
        final List<Step> steps = new ArrayList<>();
    }

    @Override
    public List<Step> steps(SiteFacts facts, long now) {
        Site site = facts.site();
        LocalDate today = site.localDate(now);
        Sum sum = new Sum();
        site.units().stream().filter(u -> rule.units().contains(u.kind()) && u.period().contains(today))
                .forEach(unit -> weigh(facts, unit, now, sum));
        double perimeter = rule.subject() == UnitsRule.Subject.FENCE ? site.perimeter().orElse(0) : 0;
        double total = perimeter > sum.total + LENGTH_SLACK_M ? perimeter : sum.total;
        double exempt = Math.min(sum.exemptOpen, faceCap(site, today));
        sum.steps.add(Step.of("sum", "total", total, "known", sum.known, "inOrder", sum.inOrder, "exempt", exempt,
                "faceMax", faceCap(site, today), "tolerated", Math.max(rule.toleranceShare() * Math.max(total - exempt, 0),
                        rule.toleranceArea())));
        return sum.steps;
    }

    @Override
    public Judgement now(SiteFacts facts, long now) {
        Site site = facts.site();
        LocalDate today = site.localDate(now);
        if (rule.indoorExempt() && site.indoor()) {
            return Judgement.notApplicable(Reason.of("indoor-works"));
        }
        List<SiteUnit> units = site.units().stream()
                .filter(u -> rule.units().contains(u.kind()) && u.period().contains(today))
                .toList();
        if (units.isEmpty() && rule.exemptWithoutUnits() && demolition(site, today)) {
            return Judgement.notApplicable(Reason.of("demolition-without-roads"));
        }
        if (units.isEmpty() && !rule.works().isEmpty() && !site.planned(today, rule.works())) {
            return Judgement.notApplicable(Reason.of("not-planned"));
        }
        Sum sum = new Sum();
        for (SiteUnit unit : units) {
            weigh(facts, unit, now, sum);
        }
        if (units.isEmpty()) {
            sum.unknowns.add(Reason.of("no-units"));
        }
        OptionalDouble perimeter = rule.subject() == UnitsRule.Subject.FENCE ? site.perimeter() : OptionalDouble.empty();
        if (perimeter.isPresent() && perimeter.getAsDouble() > sum.total + LENGTH_SLACK_M) {
            sum.unknowns.add(Reason.of("perimeter-not-covered", "perimeter", perimeter.getAsDouble(), "registered", sum.total));
            sum.total = perimeter.getAsDouble();
        }
        return judge(facts, sum, faceCap(site, today), now);
    }

    private void weigh(SiteFacts facts, SiteUnit unit, long now, Sum sum) {
        Answer answer = voice.weigh(facts, facts.unit(unit.id()), unit.size(), now);
        sum.total += unit.size();
        sum.nextAt = Math.min(sum.nextAt, answer.nextAt());
        answer.fact().ifPresent(f -> sum.proof.add(f.offset()));
        Optional<Reason> tooLow = tooLow(facts.site(), unit);
        if (tooLow.isPresent()) {
            sum.known += unit.size();
            sum.steps.add(Step.of("unit", "unit", unit.id(), "weight", unit.size(), "inOrder", 0.0, "why", "fence-too-low"));
            sum.violations.add(tooLow.get());
            sum.subjects.add(subject(unit, Subject.Standing.BROKEN, unit.height(), List.of(tooLow.get())));
            return;
        }
        String unknown = unknownFor(facts, unit, answer, now);
        if (!unknown.isEmpty()) {
            Reason why = Reason.of(unknown, "unit", unit.id());
            sum.steps.add(Step.of("unit", "unit", unit.id(), "weight", unit.size(), "why", unknown));
            sum.unknowns.add(why);
            sum.subjects.add(subject(unit, Subject.Standing.UNCLEAR, OptionalDouble.empty(), List.of(why)));
            return;
        }
        double share = answer.inOrder().orElseThrow();
        sum.known += unit.size();
        sum.inOrder += share * unit.size();
        long offset = answer.fact().map(UnitFact::offset).orElse(-1L);
        sum.steps.add(Step.of("unit", "unit", unit.id(), "weight", unit.size(), "share", share, "inOrder", share * unit.size(),
                "offset", offset));
        if (share >= 1) {
            sum.subjects.add(subject(unit, Subject.Standing.IN_ORDER, OptionalDouble.empty(), List.of()));
            return;
        }
        double open = (1 - share) * unit.size();
        sum.open += open;
        for (WorkFace declared : facts.faces().of(unit.id(), now)) {
            sum.nextAt = Math.min(sum.nextAt, declared.from() > now ? declared.from() : declared.to());
        }
        long faceUntil = faceUntil(facts, unit, answer, now);
        long tooDryFrom = faceUntil > now
                ? FaceWater.tooDryFrom(facts, unit.id(), rule.face().orElseThrow().dryMaxMs(), now)
                : Long.MAX_VALUE;
        boolean exempt = faceUntil > now && tooDryFrom > now;
        if (exempt) {
            sum.steps.add(Step.of("face", "unit", unit.id(), "open", open));
            sum.exemptOpen += open;
            sum.nextAt = Math.min(sum.nextAt, Math.min(faceUntil, tooDryFrom));
            for (Restrictions ban : bans) {
                sum.nextAt = Math.min(sum.nextAt, ban.nextChange(facts, now));
            }
        }
        if (tooDryFrom <= now) {
            sum.violations.add(Reason.of("face-dry", "unit", unit.id()));
        }
        Reason why = Reason.of(answer.rectified() ? "out-of-order-rectified" : "out-of-order", "unit", unit.id(), "share", share);
        sum.violations.add(why);
        sum.subjects.add(subject(unit, exempt ? Subject.Standing.UNCLEAR : Subject.Standing.BROKEN,
                OptionalDouble.of(share), List.of(why)));
    }

    private Judgement judge(SiteFacts facts, Sum sum, double faceCap, long now) {
        double exempt = Math.min(sum.exemptOpen, faceCap);
        boolean faceCovers = sum.exemptOpen > 0 && sum.exemptOpen <= faceCap;
        double base = Math.max(sum.total - exempt, 0);
        double allowed = Math.max(rule.toleranceShare() * base, rule.toleranceArea());
        double bad = rounded(Math.max(sum.known - sum.inOrder - exempt, 0));
        double unknown = rounded(Math.max(sum.total - sum.known, 0));
        double low = base <= 0 ? 1 : Math.max(0, Math.min(1, sum.inOrder / base));
        double high = base <= 0 ? 1 : Math.max(low, Math.min(1, (sum.inOrder + unknown) / base));
        if (unknown == 0) {
            high = low;
        }
        double capture = sum.total <= 0 ? 0 : Math.min(1, sum.known / sum.total);
        boolean surelyBad = bad > allowed || !registerAlone(sum).isEmpty();
        State state;
        List<Reason> reasons = new ArrayList<>();
        if (surelyBad) {
            state = State.VIOLATION;
            reasons.addAll(sum.violations);
        } else if (unknown > 0 || !sum.unknowns.isEmpty() && bad + unknown > allowed || sum.total <= 0) {
            state = State.UNKNOWN;
            low = sum.total <= 0 ? 0 : low;
            reasons.addAll(sum.unknowns);
        } else {
            state = State.COMPLIANT;
            if (exempt > 0) {
                reasons.add(Reason.of("work-face", "area", rounded(exempt)));
            }
            if (bad > 0) {
                reasons.add(Reason.of("within-tolerance", "open", bad, "allowed", allowed));
            }
        }
        List<Subject> subjects = settled(sum.subjects, state, faceCovers);
        return new Judgement(state, low, high, capture, reasons, Judgement.proofOf(sum.proof), OptionalLong.empty(),
                OptionalLong.empty(), subjects, sum.nextAt);
    }

    /** Metres or m² to a millionth, so that sums of shares that make a whole leave nothing over. */
    private static double rounded(double size) {
        return Math.rint(size * 1e6) / 1e6;
    }

    /** What the register alone breaks: no share or tolerance mends a fence that is too low. */
    private static List<Reason> registerAlone(Sum sum) {
        return sum.violations.stream().filter(r -> r.code().equals("fence-too-low")).toList();
    }

    /** Inside the tolerance or the face nothing raises; a face that grew too large raises for every open zone. */
    private static List<Subject> settled(List<Subject> subjects, State state, boolean faceCovers) {
        if (state == State.VIOLATION) {
            return faceCovers ? subjects : subjects.stream().map(s -> s.peak().isPresent() && s.standing() == Subject.Standing.UNCLEAR
                    ? new Subject(s.id(), Subject.Standing.BROKEN, s.failures(), s.peak(), s.limit(), s.reasons())
                    : s).toList();
        }
        return subjects.stream()
                .map(s -> s.peak().isPresent() && s.standing() != Subject.Standing.IN_ORDER
                        ? new Subject(s.id(), state == State.COMPLIANT ? Subject.Standing.IN_ORDER : Subject.Standing.UNCLEAR,
                                s.failures(), s.peak(), s.limit(), s.reasons())
                        : s)
                .toList();
    }

    private static Subject subject(SiteUnit unit, Subject.Standing standing, OptionalDouble peak, List<Reason> reasons) {
        return new Subject(unit.id(), standing, 0, peak, OptionalDouble.empty(), reasons);
    }

    private Optional<Reason> tooLow(Site site, SiteUnit unit) {
        if (rule.heightMin().isEmpty() || unit.height().isEmpty()) {
            return Optional.empty();
        }
        double wanted = rule.heightMin().get(unit.roadClass().orElse(site.roadClass()));
        return unit.height().getAsDouble() < wanted
                ? Optional.of(Reason.of("fence-too-low", "unit", unit.id(), "height", unit.height().getAsDouble(), "wanted", wanted))
                : Optional.empty();
    }

    /** Why nothing can be said of a unit, or an empty text. */
    private String unknownFor(SiteFacts facts, SiteUnit unit, Answer answer, long now) {
        Site site = facts.site();
        boolean bad = answer.inOrder().isPresent() && answer.inOrder().get() < 1;
        if (bad) {
            return "";
        }
        if (answer.inOrder().isEmpty()) {
            return answer.reason();
        }
        if (!rule.heightMin().isEmpty() && unit.height().isEmpty()) {
            return "height-unknown";
        }
        if (rule.resurveyAfterMs() > 0) {
            Optional<LocalDate> change = lastChangeOfWorks(site, site.localDate(now));
            if (change.isPresent()) {
                long changed = change.get().atStartOfDay(site.zone()).toInstant().toEpochMilli();
                // Whoever looked again, of whatever rank, looked at the works as they are now.
                boolean newer = facts.unit(unit.id()).stream().anyMatch(f -> f.at() >= changed && f.at() <= now);
                if (!newer && now >= changed + rule.resurveyAfterMs()) {
                    return "works-changed";
                }
            }
        }
        return "";
    }

    /** The day on which the works of one phase gave way to others; the first phase is no change. */
    private static Optional<LocalDate> lastChangeOfWorks(Site site, LocalDate today) {
        return site.phases().stream()
                .map(Phase::period)
                .map(DatePeriod::from)
                .flatMap(Optional::stream)
                .filter(day -> !day.isAfter(today))
                .filter(day -> !site.worksOn(day.minusDays(1)).orElse(Set.of()).isEmpty()
                        || site.phases().stream().anyMatch(p -> p.period().to().map(t -> t.isBefore(day)).orElse(false)))
                .filter(day -> !site.worksOn(day).equals(site.worksOn(day.minusDays(1))))
                .max(LocalDate::compareTo);
    }

    private static boolean demolition(Site site, LocalDate today) {
        return site.worksOn(today).map(works -> works.contains(Work.DEMOLITION)).orElse(false);
    }

    /** The largest open area that counts as a work face, m². */
    private double faceCap(Site site, LocalDate today) {
        if (rule.face().isEmpty()) {
            return 0;
        }
        OptionalDouble filed = site.phases().stream()
                .filter(p -> p.period().contains(today) && p.face().isPresent())
                .mapToDouble(p -> p.face().getAsDouble())
                .max();
        double soil = site.units().stream()
                .filter(u -> u.kind().equals("soil") && u.period().contains(today))
                .mapToDouble(SiteUnit::size)
                .sum();
        return filed.orElse(rule.face().get().shareMax() * soil);
    }

    /** Until when the open part of a zone is a work face, or a time that is past. */
    private long faceUntil(SiteFacts facts, SiteUnit unit, Answer answer, long now) {
        if (rule.face().isEmpty()) {
            return Long.MIN_VALUE;
        }
        UnitsRule.Face face = rule.face().get();
        long lastWork = lastWork(facts, unit.id(), now);
        long until = lastWork == Long.MIN_VALUE ? Long.MIN_VALUE : lastWork + face.heldMs();
        for (WorkFace declared : facts.faces().of(unit.id(), now)) {
            long held = Math.max(lastWork, declared.from()) + face.reportedHeldMs();
            until = declared.from() <= now ? Math.max(until, Math.min(declared.to(), held)) : until;
        }
        boolean reported = answer.fact().map(f -> f.report().active()).orElse(false);
        if (reported) {
            // Where a device names the zone its word dates the last work; else the report itself is all there is.
            long from = lastWork == Long.MIN_VALUE ? answer.fact().get().at() : lastWork;
            until = Math.max(until, from + face.reportedHeldMs());
        }
        return Math.min(until, bannedFrom(facts, face.voidAfterBanMs(), now) + face.voidAfterBanMs());
    }

    /** Since when earthwork is banned, at most so long ago; far ahead where it is not. */
    private long bannedFrom(SiteFacts facts, long longestMs, long now) {
        Spans banned = new Spans();
        for (Restrictions ban : bans) {
            ban.within(facts, now - longestMs, now + 1).stream()
                    .filter(r -> r.bans().contains(Activity.EARTHWORK))
                    .forEach(r -> banned.add(r.from(), r.to()));
        }
        long since = now - longestMs;
        for (Spans.Span free : banned.gaps(now - longestMs, now + 1)) {
            since = free.to();
        }
        return since > now ? Long.MAX_VALUE - longestMs : since;
    }

    /** The last instant up to {@code now} at which a running activity named the zone. */
    private static long lastWork(SiteFacts facts, String zone, long now) {
        long last = Long.MIN_VALUE;
        for (Activity activity : Activity.values()) {
            for (String device : facts.reportersOf(activity)) {
                StateLine<Boolean> line = facts.running(device, activity).get(zone);
                if (line == null) {
                    continue;
                }
                for (StateLine.Stretch<Boolean> stretch : line.stretches(now - SiteFacts.KEPT_MS, now + 1)) {
                    if (stretch.value().orElse(false)) {
                        last = Math.max(last, stretch.to());
                    }
                }
            }
        }
        return last;
    }
}
