package dustwarden.core.judge;

import dustwarden.core.judge.WindowVerdict.Kind;
import dustwarden.core.judge.Windows.Mean;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Site;
import dustwarden.core.rule.LimitRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;

/**
 * Judges means over clock-aligned windows against a limit: a count of exceedances a local day at each monitor.
 *
 * <p>With e known exceedances and u undecided closed windows at a point: e above the allowance is a violation, e + u
 * within it is compliance, all else is unknown; the worst point counts. {@code low..high} is the share of closed
 * windows, over all points, that are in order; {@code capture} the mean data capture of those windows.
 */
public final class LimitJudge implements RuleJudge {
    /** A background that has not come by then, after the day's end, is not waited for. */
    static final long BACKGROUND_MAX_MS = 3 * 3_600_000L;

    private final LimitRule rule;
    private final List<Device> monitors;
    private final LimitWindow limits;
    private final LimitReasons reasons;
    private final LimitStanding standing;

    public LimitJudge(LimitRule rule, Site site) {
        this.rule = rule;
        this.monitors = site.devices().stream().filter(d -> d.kind() == DeviceKind.MONITOR).toList();
        this.limits = new LimitWindow(rule, site);
        this.reasons = new LimitReasons(rule, site);
        this.standing = new LimitStanding(rule, limits, reasons);
    }

    /** The mean that the rule uses. */
    public Windows.Spec spec() {
        return new Windows.Spec(rule.quantity(), rule.periodMs());
    }

    /** The rule's limit at an instant, as the place and the planned works set it; what is taken off is not in it. */
    public OptionalDouble limitFor(SiteFacts facts, long at) {
        return OptionalDouble.of(limits.limit(facts.site().localDate(at)));
    }

    /** Normal where the mean's capture suffices for the rule, else {@link Flag#D}. */
    public Flag flagOf(Mean mean) {
        return mean.values() > 0 && mean.capture() >= rule.captureMin() ? Flag.N : Flag.D;
    }

    @Override
    public Set<FactKind> wakes() {
        EnumSet<FactKind> kinds = EnumSet.of(FactKind.WINDOW, FactKind.WATCH, FactKind.HEARD);
        if (rule.form() == LimitRule.Form.ABOVE_BACKGROUND) {
            kinds.add(FactKind.BACKGROUND);
        }
        return kinds;
    }

    @Override
    public Judgement now(SiteFacts facts, long now) {
        long dayStart = facts.site().dayStart(now);
        List<PointDay> today = points(facts, dayStart, now);
        long dayBefore = facts.site().dayStart(dayStart - 1);
        List<PointDay> yesterday = points(facts, dayBefore, now);
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < monitors.size(); i++) {
            subjects.add(standing.subject(facts, today.get(i), yesterday.get(i), now));
        }
        return judgement(facts, dayStart, today, true).withSubjects(subjects).withNextAt(nextAt(facts, dayStart, now));
    }

    @Override
    public Optional<Judgement> day(SiteFacts facts, long dayStart, long now) {
        return Optional.of(judgement(facts, dayStart, points(facts, dayStart, now), false));
    }

    @Override
    public long sealAt(SiteFacts facts, long dayStart, long now) {
        long dayEnd = facts.site().dayEnd(dayStart);
        if (rule.form() != LimitRule.Form.ABOVE_BACKGROUND || monitors.isEmpty()) {
            return dayEnd + LATENESS_MS;
        }
        Optional<RegionFacts> region = limits.backgroundRegion(facts);
        for (long start : limits.closed(facts, dayStart, dayEnd)) {
            if (region.isEmpty() || region.get().background(rule.quantity(), rule.periodMs(), start).isEmpty()) {
                return dayEnd + BACKGROUND_MAX_MS;
            }
        }
        return dayEnd + LATENESS_MS;
    }

    private List<PointDay> points(SiteFacts facts, long dayStart, long now) {
        long dayEnd = facts.site().dayEnd(dayStart);
        if (dayEnd <= facts.countsFrom(rule.head())) {
            return monitors.stream().map(m -> new PointDay(m, rule.allowed(), List.of(), OptionalLong.empty())).toList();
        }
        long until = Math.min(now, dayEnd);
        List<Long> starts = limits.closed(facts, dayStart, until);
        LimitWindow.Day day = limits.day(facts, dayStart, now);
        List<PointDay> points = new ArrayList<>();
        for (Device monitor : monitors) {
            List<WindowVerdict> windows = new ArrayList<>(starts.size());
            for (long start : starts) {
                WindowVerdict window = limits.judge(day, monitor, start);
                if (start >= facts.countsFrom(rule.head()) - SiteFacts.ON_ITS_WAY_MS || !window.cause().equals(LimitWindow.CAPTURE)) {
                    windows.add(window);
                }
            }
            points.add(new PointDay(
                    monitor, rule.allowed(), windows,
                    MonitoringKept.over(facts, monitor, dayStart, until, MonitoringKept.SILENCE_MAX_MS, now)
                            .brokenSince()));
        }
        return points;
    }

    private Judgement judgement(SiteFacts facts, long dayStart, List<PointDay> points, boolean running) {
        long dayEnd = facts.site().dayEnd(dayStart);
        if (points.isEmpty()) {
            return new Judgement(
                            State.UNKNOWN, 0, 1, 0, List.of(Reason.of("no-monitor")), List.of(), OptionalLong.empty(),
                            OptionalLong.empty(), List.of(), Long.MAX_VALUE)
                    .over(dayStart, dayEnd);
        }
        State state = State.COMPLIANT;
        List<Reason> why = new ArrayList<>();
        int closed = 0;
        int good = 0;
        int exceeded = 0;
        double capture = 0;
        for (PointDay point : points) {
            state = state.worst(point.state());
            why.addAll(reasons.of(point, facts.site().localDate(dayStart)));
            closed += point.windows().size() - point.count(Kind.ELSEWHERE);
            good += point.count(Kind.GOOD);
            exceeded += point.count(Kind.EXCEEDED);
            capture += point.windows().stream().mapToDouble(WindowVerdict::capture).sum();
        }
        int due = points.stream().mapToInt(p -> p.windows().size()).sum();
        if (points.stream().anyMatch(p -> p.state() == State.UNKNOWN && p.count(Kind.UNDECIDED) == p.windows().size())) {
            why.add(Reason.of(running ? "period-open" : "no-period-decided"));
        }
        return new Judgement(
                state,
                closed == 0 ? 0 : (double) good / closed,
                closed == 0 ? 1 : (double) (closed - exceeded) / closed,
                due == 0 ? 1 : Math.min(1, capture / due),
                why,
                proof(points, state),
                OptionalLong.of(dayStart),
                OptionalLong.of(dayEnd),
                List.of(),
                Long.MAX_VALUE);
    }

    /** Of a violation the exceedances prove it, else every window does. */
    private static List<Long> proof(List<PointDay> points, State state) {
        List<Long> offsets = new ArrayList<>();
        for (PointDay point : points) {
            for (WindowVerdict window : point.windows()) {
                if (state != State.VIOLATION || window.is(Kind.EXCEEDED)) {
                    offsets.addAll(window.proof());
                }
            }
        }
        return Judgement.proofOf(offsets);
    }

    @Override
    public Optional<SortedMap<String, Object>> explain(SiteFacts facts, long dayStart, long now) {
        return Optional.of(WhoseDust.of(rule, facts, monitors, points(facts, dayStart, now), limits.backgroundRegion(facts)));
    }

    private long nextAt(SiteFacts facts, long dayStart, long now) {
        long next = facts.windows().end(rule.periodMs(), facts.windows().start(rule.periodMs(), now));
        for (Device monitor : monitors) {
            long breaksAt = MonitoringKept.over(facts, monitor, dayStart, now, MonitoringKept.SILENCE_MAX_MS, now).breaksAt();
            next = Math.min(next, Math.max(now + 1, breaksAt));
        }
        return next;
    }
}
