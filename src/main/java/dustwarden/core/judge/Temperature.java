package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frost as the monitors of a site prove it.
 *
 * <p>An exemption needs positive proof: at least one monitor has a value that counts, and every monitor that has one
 * agrees. Silence never exempts, so what was frost before a silence has to be proved again.
 */
final class Temperature {
    /** Weather older than this is kept at one value each ten minutes, so that a value counts for longer. */
    private static final long FULL_MS = 26L * 3_600_000;

    private static final long DAY_MS = 86_400_000;
    private static final long THINNED_VALIDITY_MS = 1_200_000;

    private Temperature() {}

    /** Whether it was proven to be at or below a temperature at an instant. */
    static boolean provenAtOrBelow(SiteFacts facts, double celsius, long at, long now) {
        boolean proven = false;
        for (Device monitor : monitors(facts.site())) {
            var value = facts.weather(monitor.id()).of(Quantity.TEMPERATURE).last(at, validity(monitor, at, now));
            if (value.isPresent() && value.getAsDouble() > celsius) {
                return false;
            }
            proven |= value.isPresent();
        }
        return proven;
    }

    /** Spans of {@code [from, to)} with frost: from at or below one temperature until another is reached. */
    static Spans frost(SiteFacts facts, double atOrBelow, double until, long from, long to, long now) {
        List<List<Stretch<Boolean>>> lines = new ArrayList<>();
        // On most days of the year nothing is cold enough, and there is no line to draw.
        boolean cold = monitors(facts.site()).stream().anyMatch(monitor -> facts.weather(monitor.id())
                .of(Quantity.TEMPERATURE).anyAtOrBelow(atOrBelow, from - DAY_MS, to));
        if (!cold) {
            return new Spans();
        }
        for (Device monitor : monitors(facts.site())) {
            lines.add(line(facts, monitor, atOrBelow, until, from, to, now));
        }
        Spans frost = new Spans();
        if (!lines.isEmpty()) {
            Lines.join(from, to, lines, Temperature::allAgree).stream()
                    .filter(s -> s.value().equals(Optional.of(true)))
                    .forEach(s -> frost.add(s.from(), s.to()));
        }
        return frost;
    }

    static List<Device> monitors(Site site) {
        return site.devices().stream().filter(d -> d.kind() == DeviceKind.MONITOR).toList();
    }

    private static long validity(Device monitor, long at, long now) {
        return now - at > FULL_MS ? Math.max(monitor.validityMs(), THINNED_VALIDITY_MS) : monitor.validityMs();
    }

    private static List<Stretch<Boolean>> line(
            SiteFacts facts, Device monitor, double atOrBelow, double until, long from, long to, long now) {
        StretchList<Boolean> line = new StretchList<>();
        long validity = validity(monitor, from, now);
        long[] last = {Long.MIN_VALUE};
        boolean[] frost = {false};
        // Begin a day early, so that frost which began before is known as such.
        facts.weather(monitor.id()).of(Quantity.TEMPERATURE).forEach(from - DAY_MS, to, (at, celsius) -> {
            boolean stays = frost[0] && last[0] != Long.MIN_VALUE && at - last[0] < validity && celsius < until;
            frost[0] = celsius <= atOrBelow || stays;
            last[0] = at;
            line.report(at, at + validity, frost[0], -1);
        });
        return line.within(from, to, -1);
    }

    private static Optional<Boolean> allAgree(List<Stretch<Boolean>> now) {
        Optional<Boolean> value = Optional.empty();
        for (Stretch<Boolean> stretch : now) {
            if (stretch.value().equals(Optional.of(false))) {
                return stretch.value();
            }
            value = stretch.value().isPresent() ? stretch.value() : value;
        }
        return value;
    }
}
