package dustwarden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Device;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import dustwarden.core.rule.LimitRule;
import dustwarden.report.Evidence.Decided;
import dustwarden.report.Evidence.Told;
import dustwarden.report.Needs.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** The windows of a limit that were exceeded: every value, the sum, the mean, what is taken off, and the comparison. */
final class LimitSteps {
    private static final long SLOT_MIN_MS = 1_000;
    private static final double NANO = 1e9;

    private final Evidence alarm;
    private final LimitRule rule;
    private final List<Told> told;

    private LimitSteps(Evidence alarm, LimitRule rule, List<Told> told) {
        this.alarm = alarm;
        this.rule = rule;
        this.told = told;
    }

    static ObjectNode of(Evidence alarm, LimitRule rule, List<Told> told, ObjectNode out) {
        return new LimitSteps(alarm, rule, told).write(out);
    }

    private ObjectNode write(ObjectNode out) {
        out.put("quantity", rule.quantity().wire()).put("period", Duration.ofMillis(rule.periodMs()).toString());
        out.put("form", rule.form().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')).put("unit", rule.unit());
        rule.backgroundCap().ifPresent(cap -> out.put("backgroundCap", cap));
        out.put("captureMin", rule.captureMin()).put("allowedADay", rule.allowed());
        ArrayNode windows = out.putArray("windows");
        int exceeded = 0;
        for (Window window : Needs.exceeded(alarm, rule)) {
            exceeded += window(window, windows.addObject()) ? 1 : 0;
        }
        out.put("exceedances", exceeded);
        return out;
    }

    /** A mean with all that it was made of. */
    private record Mean(long sum, int count, int slots, int filled) {
        double mean() {
            return count == 0 ? 0 : sum / (count * NANO);
        }

        double capture() {
            return Math.min(1.0, (double) filled / slots);
        }
    }

    private boolean window(Window window, ObjectNode out) {
        out.put("start", Steps.time(alarm, window.start())).put("end", Steps.time(alarm, window.end()));
        Mean mean = mean(window, window.device(), out);
        double limit = stated(window, "limit").orElse(rule.limit());
        out.put("limit", limit);
        double figure = mean.mean();
        if (rule.form() == LimitRule.Form.ABOVE_BACKGROUND) {
            Optional<Told> background = background(window);
            if (background.isPresent()) {
                double published = ((Observation.Background) background.get().observation()).values().get(rule.quantity()).number();
                double taken = Math.min(published, rule.backgroundCap().orElse(Double.MAX_VALUE));
                figure = mean.mean() - taken;
                out.put("background", published).put("backgroundOffset", background.get().offset()).put("takenOff", taken);
            } else {
                figure = mean.mean() - rule.backgroundCap().orElse(0);
                out.putNull("background");
            }
        } else if (rule.form() == LimitRule.Form.DOWNWIND_MINUS_UPWIND) {
            double upwind = upwind(window, out);
            figure = mean.mean() - upwind;
        }
        boolean above = figure > limit;
        out.put("figure", figure).put("exceeded", above);
        return above;
    }

    /** The monitor whose mean the reason gives as the one upwind. */
    private double upwind(Window window, ObjectNode out) {
        OptionalDouble said = stated(window, "upwind");
        for (Device device : alarm.site().devices()) {
            if (device.kind() == dustwarden.core.model.DeviceKind.MONITOR && !device.id().equals(window.device())) {
                ObjectNode other = out.objectNode();
                Mean mean = mean(window, device.id(), other);
                if (said.isPresent() && mean.count() > 0 && mean.mean() == said.getAsDouble()) {
                    out.set("upwind", other);
                    return mean.mean();
                }
            }
        }
        out.putNull("upwind");
        return said.orElse(0);
    }

    private Mean mean(Window window, String device, ObjectNode out) {
        out.put("device", device);
        ArrayNode values = out.putArray("values");
        long every = Math.max(SLOT_MIN_MS, alarm.site().device(device).map(Device::everyMs).orElse(60_000L));
        long sum = 0;
        int count = 0;
        Set<Long> filled = new TreeSet<>();
        List<Told> here = told.stream()
                .filter(t -> t.observation().device().equals(device)
                        && t.observation().ts() >= window.start() && t.observation().ts() < window.end())
                .sorted(Comparator.comparingLong((Told t) -> t.observation().ts()).thenComparingLong(Told::offset))
                .toList();
        for (Told t : here) {
            Optional<Values> of = values(t.observation());
            if (of.isEmpty() || !of.get().has(rule.quantity())) {
                continue;
            }
            Values.Value value = of.get().get(rule.quantity());
            Optional<String> why = whyNot(t, value);
            ObjectNode row = values.addObject().put("offset", t.offset()).put("ts", Steps.time(alarm, t.observation().ts()))
                    .put("received", Steps.time(alarm, t.received())).put("value", value.number())
                    .put("flag", value.flag().name()).put("counts", why.isEmpty());
            why.ifPresent(w -> row.put("why", w));
            if (why.isEmpty()) {
                sum += Math.round(value.number() * NANO);
                count++;
                filled.add((t.observation().ts() - window.start()) / every);
            }
        }
        Mean mean = new Mean(sum, count, (int) Math.max(1, (window.end() - window.start()) / every), filled.size());
        out.put("sum", BigDecimal.valueOf(sum, 9).stripTrailingZeros().toPlainString()).put("count", count);
        out.put("mean", mean.mean()).put("slots", mean.slots()).put("slotsWithValue", mean.filled());
        out.put("capture", mean.capture()).put("captureSuffices", mean.capture() >= rule.captureMin());
        stored(window, device, mean, out.putObject("decided"));
        return mean;
    }

    private static Optional<Values> values(Observation observation) {
        if (observation instanceof Observation.Reading reading) {
            return Optional.of(reading.values());
        }
        return observation instanceof Observation.Interval interval ? Optional.of(interval.values()) : Optional.empty();
    }

    private static Optional<String> whyNot(Told t, Values.Value value) {
        if (t.refused().isPresent()) {
            return t.refused();
        }
        if (t.observation() instanceof Observation.Interval) {
            return Optional.of("interval-data");
        }
        return value.flag() == Flag.N ? Optional.empty() : Optional.of("flag-" + value.flag().name());
    }

    /** The mean as the core said it last, and whether ours is the same to the last bit. */
    private void stored(Window window, String device, Mean mean, ObjectNode out) {
        Optional<Decided> last = alarm.decided("mean").stream()
                .filter(m -> m.json().path("device").asText().equals(device)
                        && m.json().path("quantity").asText().equals(rule.quantity().wire())
                        && m.at("start") == window.start())
                .reduce((a, b) -> b);
        last.ifPresent(m -> {
            out.put("number", m.number());
            out.set("mean", m.json().path("mean"));
            out.set("capture", m.json().path("capture"));
            out.put("agrees", m.json().path("mean").asDouble(Double.NaN) == mean.mean()
                    && m.json().path("capture").asDouble() == mean.capture());
        });
    }

    private Optional<Told> background(Window window) {
        List<String> path = List.of(alarm.site().region().split("/"));
        Quantity quantity = rule.quantity();
        return told.stream()
                .filter(t -> t.observation() instanceof Observation.Background b && b.ts() == window.start()
                        && b.periodMs() == rule.periodMs() && b.values().has(quantity))
                .max(Comparator.comparingInt((Told t) -> path.indexOf(t.observation().site())).thenComparingLong(Told::offset));
    }

    private OptionalDouble stated(Window window, String key) {
        String start = Steps.time(alarm, window.start());
        for (Decided d : alarm.transitions()) {
            for (var reason : d.json().path("reasons")) {
                var p = reason.path("params");
                if (p.path("device").asText().equals(window.device()) && p.has(key)
                        && Evidence.millis(p.path("start").asText(start)) == window.start()) {
                    return OptionalDouble.of(p.path(key).asDouble());
                }
            }
        }
        return OptionalDouble.empty();
    }
}
