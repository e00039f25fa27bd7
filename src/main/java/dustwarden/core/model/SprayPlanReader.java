package dustwarden.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code suppression} of a site file. */
final class SprayPlanReader {
    private static final String MODES = "off, dry-run, on";
    private static final Set<String> MODE = Set.of("off", "dry-run", "on");
    private static final List<String> SPANS = List.of(
            "startFor", "stopFor", "minRun", "minPause", "maxRun", "maxDay", "stale", "answer", "effectAfter");
    private static final long SPAN_MAX_MS = 86_400_000;

    /** What a number may be. */
    private record Range(String key, double least, double most) {}

    private static final List<Range> NUMBERS = List.of(
            new Range("start", 1, 10_000), new Range("stop", 0.1, 10_000), new Range("frost", -40, 40),
            new Range("rain", 0.01, 1_000), new Range("effectDrop", 0, 0.99));

    private SprayPlanReader() {}

    static SprayPlan read(Fields site, List<Device> devices) {
        if (!site.has("suppression")) {
            return SprayPlan.NONE;
        }
        Fields fields = site.child("suppression");
        Optional<String> mode = fields.optionalWord("mode", word -> Optional.of(word).filter(MODE::contains), MODES);
        Map<String, Double> numbers = new TreeMap<>();
        NUMBERS.forEach(range -> number(fields, range).ifPresent(value -> numbers.put(range.key(), value)));
        Map<String, Long> spans = new TreeMap<>();
        SPANS.forEach(key -> span(fields, key).ifPresent(ms -> spans.put(key, ms)));
        if (numbers.containsKey("start") && numbers.getOrDefault("stop", 0.0) > numbers.get("start")) {
            fields.problem("stop", "must not be above start, " + numbers.get("start"));
        }
        if (spans.containsKey("minRun") && spans.getOrDefault("maxRun", Long.MAX_VALUE) < spans.get("minRun")) {
            fields.problem("maxRun", "must not be shorter than minRun");
        }
        List<String> sprays = fields.texts("sprays");
        List<String> known = devices.stream().filter(d -> d.kind() == DeviceKind.SPRAY).map(Device::id).toList();
        sprays.stream().filter(id -> !known.contains(id)).forEach(id -> fields.problem(
                "sprays", "names " + id + ", which is no spray of this site; " + Spelling.advice(id, known)));
        fields.done();
        return new SprayPlan(mode, numbers, spans, sprays);
    }

    private static Optional<Double> number(Fields fields, Range range) {
        OptionalDouble value = fields.optionalNumber(range.key());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.getAsDouble() >= range.least() && value.getAsDouble() <= range.most())) {
            fields.problem(range.key(), "lies in " + range.least() + " to " + range.most() + ", got " + value.getAsDouble());
            return Optional.empty();
        }
        return Optional.of(value.getAsDouble());
    }

    private static Optional<Long> span(Fields fields, String key) {
        Optional<Long> ms = fields.optionalDuration(key);
        if (ms.isPresent() && ms.get() > SPAN_MAX_MS) {
            fields.problem(key, "is at most P1D");
            return Optional.empty();
        }
        return ms;
    }
}
