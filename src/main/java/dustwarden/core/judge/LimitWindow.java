package dustwarden.core.judge;

import dustwarden.core.judge.WindowVerdict.Kind;
import dustwarden.core.judge.Windows.Mean;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Site;
import dustwarden.core.rule.LimitRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds one closed window at one monitor against a limit, in the limit's form; all comparisons are exact. */
final class LimitWindow {
    /** The cause of a window with too few values. */
    static final String CAPTURE = "capture";

    private final LimitRule rule;
    private final Site site;
    private final List<Device> monitors;

    LimitWindow(LimitRule rule, Site site) {
        this.rule = rule;
        this.site = site;
        this.monitors = site.devices().stream().filter(d -> d.kind() == DeviceKind.MONITOR).toList();
    }

    /** The limit for a local date: the first variant that fits the place and the planned works, else the rule's own. */
    double limit(LocalDate date) {
        return rule.variants().stream()
                .filter(v -> v.builtUp().map(b -> b == site.builtUp()).orElse(true))
                .filter(v -> v.regions().isEmpty() || v.regions().stream().anyMatch(site::within))
                .filter(v -> v.works().isEmpty() || site.planned(date, v.works()))
                .findFirst()
                .map(LimitRule.Variant::limit)
                .orElse(rule.limit());
    }

    /**
     * What is the same for all windows of a local day.
     *
     * @param limit of that day
     * @param region that publishes the background, where one does
     */
    record Day(SiteFacts facts, Spans absences, double limit, Optional<RegionFacts> region, boolean corrected) {
        private Day byCorrectedClocks() {
            return new Day(facts, absences, limit, region, true);
        }
    }

    Day day(SiteFacts facts, long dayStart, long now) {
        return new Day(facts, facts.absences(now), limit(site.localDate(dayStart)), backgroundRegion(facts), false);
    }

    /**
     * The verdict on the window that starts at {@code start} and has closed. Where a clock is steadily off it must be the
     * same by the clock as it stands and as it should, else nobody knows.
     */
    WindowVerdict judge(Day day, Device monitor, long start) {
        WindowVerdict asItStands = decide(day, monitor, start);
        long end = day.facts().windows().end(rule.periodMs(), start);
        boolean skewed = day.facts().skewMax() > 0
                && monitors.stream().anyMatch(m -> day.facts().device(m.id()).twinSince() < end + day.facts().skewMax());
        if (!skewed || decide(day.byCorrectedClocks(), monitor, start).kind() == asItStands.kind()) {
            return asItStands;
        }
        return WindowVerdict.undecided(start, "clock-skewed", day.limit(), asItStands.capture(), asItStands.aboveRange());
    }

    private WindowVerdict decide(Day day, Device monitor, long start) {
        return switch (rule.form()) {
            case ABSOLUTE -> own(day, monitor, start, mean -> absolute(mean, day.limit()));
            case ABOVE_BACKGROUND -> own(day, monitor, start, mean -> aboveBackground(day, mean));
            case DOWNWIND_MINUS_UPWIND -> downwind(day, monitor, start);
        };
    }

    /** The nearest region above the site that published this mean at all. */
    Optional<RegionFacts> backgroundRegion(SiteFacts facts) {
        return facts.regions().stream()
                .filter(r -> r.hasBackground(rule.quantity(), rule.periodMs()))
                .findFirst();
    }

    /**
     * Starts of the day's windows that had closed by {@code until} and ended when the site was registered already. One
     * that had begun before counts at a point only if what was measured of it suffices all the same.
     */
    List<Long> closed(SiteFacts facts, long dayStart, long until) {
        List<Long> starts = new ArrayList<>();
        long dayEnd = facts.site().dayEnd(dayStart);
        long end;
        for (long start = dayStart; start < dayEnd; start = end) {
            end = facts.windows().end(rule.periodMs(), start);
            if (end > until) {
                break;
            }
            if (end > facts.countsFrom(rule.head())) {
                starts.add(start);
            }
        }
        return starts;
    }

    private interface Compare {
        WindowVerdict with(Mean mean);
    }

    private WindowVerdict own(Day day, Device monitor, long start, Compare compare) {
        Optional<Mean> mean = mean(day, monitor, start);
        if (!suffices(mean)) {
            return tooFew(day, monitor, mean, start);
        }
        return compare.with(mean.get());
    }

    private boolean suffices(Optional<Mean> mean) {
        return mean.isPresent() && mean.get().values() > 0 && mean.get().capture() >= rule.captureMin();
    }

    private WindowVerdict absolute(Mean mean, double limit) {
        Kind kind = mean.above(Windows.nano(limit)) ? Kind.EXCEEDED : Kind.GOOD;
        return verdict(kind, mean, mean.mean(), limit, OptionalDouble.empty(), List.of());
    }

    private WindowVerdict aboveBackground(Day day, Mean mean) {
        double limit = day.limit();
        Optional<RegionFacts> region = day.region();
        OptionalDouble background = region.isPresent()
                ? region.get().background(rule.quantity(), rule.periodMs(), mean.start())
                : OptionalDouble.empty();
        double cap = rule.backgroundCap().orElse(Double.MAX_VALUE);
        if (background.isPresent()) {
            double taken = Math.min(background.getAsDouble(), cap);
            boolean above = mean.above(Windows.nano(limit) + Windows.nano(taken));
            long offset = region.get().backgroundOffset(rule.quantity(), rule.periodMs(), mean.start());
            return verdict(
                    above ? Kind.EXCEEDED : Kind.GOOD, mean, mean.mean() - taken, limit, background, List.of(offset));
        }
        // No background can be below 0, and none counts above the cap.
        if (!mean.above(Windows.nano(limit))) {
            return verdict(Kind.GOOD, mean, mean.mean(), limit, background, List.of());
        }
        if (rule.backgroundCap().isPresent() && mean.above(Windows.nano(limit) + Windows.nano(cap))) {
            return verdict(Kind.EXCEEDED, mean, mean.mean() - cap, limit, background, List.of());
        }
        return new WindowVerdict(
                Kind.UNDECIDED, mean.start(), "background-awaited", 0, mean.mean(), limit, background, mean.capture(),
                mean.aboveRange(), List.of(mean.lastOffset()));
    }

    private WindowVerdict downwind(Day day, Device monitor, long start) {
        SiteFacts facts = day.facts();
        double limit = day.limit();
        MeanWind wind = MeanWind.over(facts, monitors, start, facts.windows().end(rule.periodMs(), start));
        if (wind.cause().isPresent()) {
            return WindowVerdict.undecided(start, wind.cause().get(), limit, capture(facts, monitor, start), 0);
        }
        Optional<Device> upwind = wind.upwind(monitors);
        List<Device> downwind = new ArrayList<>(wind.downwind(monitors));
        upwind.ifPresent(downwind::remove);
        if (upwind.isEmpty() || downwind.isEmpty()) {
            return WindowVerdict.undecided(start, "no-upwind-pair", limit, capture(facts, monitor, start), 0);
        }
        if (!downwind.contains(monitor)) {
            return new WindowVerdict(
                    Kind.ELSEWHERE, start, "", 0, 0, limit, OptionalDouble.empty(), capture(facts, monitor, start), 0,
                    List.of());
        }
        Optional<Mean> before = mean(day, upwind.get(), start);
        return own(day, monitor, start, mean -> {
            if (!suffices(before)) {
                return tooFew(day, upwind.get(), before, start);
            }
            Kind kind = mean.aboveOther(before.get(), Windows.nano(limit)) ? Kind.EXCEEDED : Kind.GOOD;
            double other = before.get().mean();
            return verdict(
                    kind, mean, mean.mean() - other, limit, OptionalDouble.of(other), List.of(before.get().lastOffset()));
        });
    }

    private WindowVerdict tooFew(Day day, Device monitor, Optional<Mean> mean, long start) {
        long end = day.facts().windows().end(rule.periodMs(), start);
        boolean away = day.absences().covered(start, end) > 0;
        boolean clockless = day.facts().device(monitor.id()).clocklessWithin(start, end);
        return WindowVerdict.undecided(
                start,
                away ? "not-watching" : clockless ? "clock-none" : CAPTURE,
                day.limit(),
                mean.map(Mean::capture).orElse(0.0),
                mean.map(Mean::aboveRange).orElse(0));
    }

    private double capture(SiteFacts facts, Device monitor, long start) {
        return mean(facts, monitor, start).map(Mean::capture).orElse(0.0);
    }

    private Optional<Mean> mean(Day day, Device monitor, long start) {
        SiteFacts facts = day.facts();
        long end = facts.windows().end(rule.periodMs(), start);
        long since = facts.device(monitor.id()).twinSince();
        boolean twin = day.corrected() && since != Long.MAX_VALUE && since < end + facts.skewMax();
        String name = twin ? SiteFacts.twin(monitor.id()) : monitor.id();
        return facts.windows().mean(name, rule.quantity(), rule.periodMs(), start);
    }

    private Optional<Mean> mean(SiteFacts facts, Device monitor, long start) {
        return facts.windows().mean(monitor.id(), rule.quantity(), rule.periodMs(), start);
    }

    private static WindowVerdict verdict(
            Kind kind, Mean mean, double figure, double limit, OptionalDouble background, List<Long> more) {
        List<Long> proof = new ArrayList<>(more);
        proof.add(mean.firstOffset());
        proof.add(mean.lastOffset());
        return new WindowVerdict(
                kind, mean.start(), "", figure, mean.mean(), limit, background, mean.capture(), mean.aboveRange(), proof);
    }
}
