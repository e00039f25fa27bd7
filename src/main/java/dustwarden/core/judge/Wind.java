package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.model.Device;
import dustwarden.core.model.Quantity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/**
 * Whether the wind of a site is too strong: a mean over the last minutes, taken anew at each report.
 *
 * <p>It is when any monitor says so, and it is not when one says so and none says otherwise. A mean needs enough values
 * of its period and counts as long as the report that completed it.
 */
final class Wind {
    private Wind() {}

    /** All of {@code [from, to)}: true too strong, false not, empty unheard. */
    static List<Stretch<Boolean>> tooStrong(
            SiteFacts facts, double fromSpeed, long periodMs, double captureMin, long from, long to) {
        List<List<Stretch<Boolean>>> lines = new ArrayList<>();
        for (Device monitor : Temperature.monitors(facts.site())) {
            lines.add(line(facts, monitor, fromSpeed, periodMs, captureMin, from, to));
        }
        return lines.isEmpty()
                ? List.of(new Stretch<>(from, to, Optional.empty(), -1))
                : Lines.join(from, to, lines, Wind::any);
    }

    private record Sample(long at, double speed) {}

    private static List<Stretch<Boolean>> line(
            SiteFacts facts, Device monitor, double fromSpeed, long periodMs, double captureMin, long from, long to) {
        StretchList<Boolean> line = new StretchList<>();
        ArrayDeque<Sample> last = new ArrayDeque<>();
        double slots = Math.max(1, (double) periodMs / monitor.everyMs());
        facts.weather(monitor.id()).of(Quantity.WIND_SPEED).forEach(from - monitor.validityMs() - periodMs, to, (at, speed) -> {
            last.addLast(new Sample(at, speed));
            while (last.getFirst().at() <= at - periodMs) {
                last.removeFirst();
            }
            // What has run out before the span says nothing of it.
            if (last.size() >= captureMin * slots && at + monitor.validityMs() > from) {
                DoubleSummaryStatistics speeds = new DoubleSummaryStatistics();
                for (Sample sample : last) {
                    speeds.accept(sample.speed());
                }
                double mean = speeds.getSum() / last.size();
                line.report(at, at + monitor.validityMs(), mean >= fromSpeed, -1);
            }
        });
        return line.within(from, to, -1);
    }

    private static Optional<Boolean> any(List<Stretch<Boolean>> now) {
        Optional<Boolean> value = Optional.empty();
        for (Stretch<Boolean> stretch : now) {
            if (stretch.value().equals(Optional.of(true))) {
                return stretch.value();
            }
            value = stretch.value().isPresent() ? stretch.value() : value;
        }
        return value;
    }
}
