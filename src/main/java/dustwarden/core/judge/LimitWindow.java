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
                .filter(v -> v.works().isEmpty() || site.planned(date, v.works()))
                .findFirst()
                .map(LimitRule.Variant::limit)
                .orElse(rule.limit());
    }

    /** The verdict on the window that starts at {@code start} and has closed. */
    WindowVerdict judge(SiteFacts facts, Spans absences, Device monitor, long start) {
        double limit = limit(site.localDate(start));
        return switch (rule.form()) {
            case ABSOLUTE -> own(facts, absences, monitor, start, limit, mean -> absolute(mean, limit));
            case ABOVE_BACKGROUND -> own(
                    facts, absences, monitor, start, limit, mean -> aboveBackground(facts, mean, limit));
            case DOWNWIND_MINUS_UPWIND -> downwind(facts, absences, monitor, start, limit);
        };
    }

    /** The nearest region above the site that published this mean at all. */
    Optional<RegionFacts> backgroundRegion(SiteFacts facts) {
        return facts.regions().stream()
                .filter(r -> r.hasBackground(rule.quantity(), rule.periodMs()))
                .findFirst();
    }

    private interface Compare {
        WindowVerdict with(Mean mean);
    }

    private WindowVerdict own(
            SiteFacts facts, Spans absences, Device monitor, long start, double limit, Compare compare) {
        Optional<Mean> mean = mean(facts, monitor, start);
        if (!suffices(mean)) {
            return tooFew(facts, absences, mean, start, limit);
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

    private WindowVerdict aboveBackground(SiteFacts facts, Mean mean, double limit) {
        Optional<RegionFacts> region = backgroundRegion(facts);
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

    private WindowVerdict downwind(SiteFacts facts, Spans absences, Device monitor, long start, double limit) {
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
        Optional<Mean> before = mean(facts, upwind.get(), start);
        return own(facts, absences, monitor, start, limit, mean -> {
            if (!suffices(before)) {
                return tooFew(facts, absences, before, start, limit);
            }
            Kind kind = mean.aboveOther(before.get(), Windows.nano(limit)) ? Kind.EXCEEDED : Kind.GOOD;
            double other = before.get().mean();
            return verdict(
                    kind, mean, mean.mean() - other, limit, OptionalDouble.of(other), List.of(before.get().lastOffset()));
        });
    }

    private WindowVerdict tooFew(SiteFacts facts, Spans absences, Optional<Mean> mean, long start, double limit) {
        boolean away = absences.covered(start, facts.windows().end(rule.periodMs(), start)) > 0;
        return WindowVerdict.undecided(
                start,
                away ? "not-watching" : "capture",
                limit,
                mean.map(Mean::capture).orElse(0.0),
                mean.map(Mean::aboveRange).orElse(0));
    }

    private double capture(SiteFacts facts, Device monitor, long start) {
        return mean(facts, monitor, start).map(Mean::capture).orElse(0.0);
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
