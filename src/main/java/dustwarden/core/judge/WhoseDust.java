package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.judge.Suppression.Wet;
import dustwarden.core.judge.WindowVerdict.Kind;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Quantity;
import dustwarden.core.rule.LimitRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose dust it was, in numbers: what the site itself did, what came upwind, what the region and its neighbours had,
 * water and rain. It explains and never changes a verdict.
 *
 * <p>It is about the exceeded windows where there are any, else about all that have closed, so that a site that works by
 * day and is exceeded by night shows that it stood still. What nobody measured is left out, it is not nought.
 */
final class WhoseDust {
    private static final double MINUTE = 60_000;
    private static final double FLOW_MIN = 1;

    private final LimitRule rule;
    private final SiteFacts facts;
    private final List<Device> monitors;
    private final List<Long> starts;
    private final TreeMap<String, Object> numbers = new TreeMap<>();

    private WhoseDust(LimitRule rule, SiteFacts facts, List<Device> monitors, List<Long> starts) {
        this.rule = rule;
        this.facts = facts;
        this.monitors = monitors;
        this.starts = starts;
    }

    /** @param points the day's windows at each monitor */
    static SortedMap<String, Object> of(
            LimitRule rule, SiteFacts facts, List<Device> monitors, List<PointDay> points, Optional<RegionFacts> region) {
        TreeSet<Long> exceeded = new TreeSet<>();
        TreeSet<Long> closed = new TreeSet<>();
        for (PointDay point : points) {
            for (WindowVerdict window : point.windows()) {
                closed.add(window.start());
                if (window.is(Kind.EXCEEDED)) {
                    exceeded.add(window.start());
                }
            }
        }
        WhoseDust dust = new WhoseDust(rule, facts, monitors, List.copyOf(exceeded.isEmpty() ? closed : exceeded));
        dust.numbers.put("about", exceeded.isEmpty() ? "closed" : "exceeded");
        dust.numbers.put("windows", (long) dust.starts.size());
        if (!dust.starts.isEmpty()) {
            dust.means(region);
            dust.wind();
            dust.works();
            dust.water();
            dust.neighbours();
        }
        return dust.numbers;
    }

    /** A sum of what is known and of how many it is. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(OptionalDouble value) {
            if (value.isPresent()) {
                sum += value.getAsDouble();
                count++;
            }
        }

        void into(TreeMap<String, Object> numbers, String key) {
            if (count > 0) {
                numbers.put(key, tenth(sum / count));
            }
        }
    }

    private static double tenth(double value) {
        return Math.rint(value * 10) / 10;
    }

    private long end(long start) {
        return facts.windows().end(rule.periodMs(), start);
    }

    private static OptionalDouble mean(SiteFacts of, LimitRule rule, String device, long start) {
        Optional<Windows.Mean> mean = of.windows().mean(device, rule.quantity(), rule.periodMs(), start);
        return mean.isPresent() && mean.get().values() > 0 ? OptionalDouble.of(mean.get().mean()) : OptionalDouble.empty();
    }

    private void means(Optional<RegionFacts> region) {
        Mean own = new Mean();
        Mean background = new Mean();
        for (long start : starts) {
            monitors.forEach(m -> own.add(mean(facts, rule, m.id(), start)));
            region.ifPresent(r -> background.add(r.background(rule.quantity(), rule.periodMs(), start)));
        }
        own.into(numbers, "own");
        background.into(numbers, "background");
    }

    private void wind() {
        Mean upwind = new Mean();
        Mean downwind = new Mean();
        double east = 0;
        double north = 0;
        Mean speed = new Mean();
        for (long start : starts) {
            MeanWind wind = MeanWind.over(facts, monitors, start, end(start));
            boolean known = !wind.cause().equals(Optional.of("wind-unknown"));
            speed.add(known ? OptionalDouble.of(wind.speed()) : OptionalDouble.empty());
            if (wind.cause().isPresent()) {
                continue;
            }
            east += wind.speed() * StrictMath.sin(StrictMath.toRadians(wind.from()));
            north += wind.speed() * StrictMath.cos(StrictMath.toRadians(wind.from()));
            Optional<Device> before = wind.upwind(monitors);
            List<Device> behind = wind.downwind(monitors).stream().filter(d -> !before.equals(Optional.of(d))).toList();
            if (before.isPresent() && !behind.isEmpty()) {
                upwind.add(mean(facts, rule, before.get().id(), start));
                behind.forEach(d -> downwind.add(mean(facts, rule, d.id(), start)));
            }
        }
        speed.into(numbers, "windSpeed");
        if (east != 0 || north != 0) {
            double from = StrictMath.toDegrees(StrictMath.atan2(east, north));
            numbers.put("windFrom", tenth(from < 0 ? from + 360 : from) % 360);
        }
        upwind.into(numbers, "upwind");
        downwind.into(numbers, "downwind");
    }

    private void works() {
        TreeMap<String, Object> minutes = new TreeMap<>();
        for (Activity activity : Activity.values()) {
            double ran = 0;
            boolean known = false;
            for (long start : starts) {
                for (Stretch<Boolean> stretch : Works.of(facts, Set.of(activity), start, end(start))) {
                    known |= stretch.value().isPresent();
                    ran += stretch.value().equals(Optional.of(true)) ? stretch.length() : 0;
                }
            }
            if (known) {
                minutes.put(activity.wire(), tenth(ran / MINUTE));
            }
        }
        numbers.put("workMinutes", minutes);
        if (facts.site().devices().stream().anyMatch(d -> d.kind() == DeviceKind.GATE)) {
            long loaded = 0;
            for (long start : starts) {
                loaded += facts.passages(start, end(start)).stream()
                        .filter(p -> p.passage().loaded() == Claim.YES && !p.passage().cargo().equals(Optional.of(Cargo.NONE)))
                        .count();
            }
            numbers.put("loadedTrucks", loaded);
        }
    }

    private void water() {
        List<Device> sprays = Suppression.sprays(facts.site(), EnumSet.allOf(Activity.class));
        if (!sprays.isEmpty()) {
            double wet = 0;
            boolean known = false;
            for (long start : starts) {
                for (Stretch<Wet> stretch : Suppression.of(facts, sprays, FLOW_MIN, start, end(start))) {
                    known |= stretch.value().isPresent();
                    boolean on = stretch.value().map(w -> w != Wet.DRY).orElse(false);
                    wet += on ? stretch.length() : 0;
                }
            }
            if (known) {
                numbers.put("sprayMinutes", tenth(wet / MINUTE));
            }
        }
        Mean rain = new Mean();
        for (Device monitor : monitors) {
            double[] fallen = {0};
            boolean[] measured = {false};
            for (long start : starts) {
                facts.weather(monitor.id()).of(Quantity.RAIN).forEach(start, end(start), (at, mm) -> {
                    fallen[0] += mm;
                    measured[0] = true;
                });
            }
            rain.add(measured[0] ? OptionalDouble.of(fallen[0]) : OptionalDouble.empty());
        }
        rain.into(numbers, "rainMm");
    }

    /** Means of other sites in the nearest region, those that measure the same over the same period. */
    private void neighbours() {
        List<Double> all = new ArrayList<>();
        for (SiteFacts other : facts.neighbours()) {
            Mean mean = new Mean();
            for (long start : starts) {
                other.site().devices().stream()
                        .filter(d -> d.kind() == DeviceKind.MONITOR)
                        .forEach(d -> mean.add(mean(other, rule, d.id(), start)));
            }
            if (mean.count > 0) {
                all.add(mean.sum / mean.count);
            }
        }
        if (!all.isEmpty()) {
            numbers.put("neighbourSites", (long) all.size());
            numbers.put("neighbours", tenth(all.stream().mapToDouble(Double::doubleValue).sum() / all.size()));
        }
    }
}
