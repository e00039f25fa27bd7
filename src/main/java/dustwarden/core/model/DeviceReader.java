package dustwarden.core.model;

import dustwarden.core.model.Device.Hj212;
import dustwarden.core.model.Fields.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the devices of a site and checks that the gates and units they name exist. */
final class DeviceReader {
    private static final Set<String> SIDES = Set.of(
            "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW");
    private static final String ACTIVITIES = "earthwork, demolition, haulage, cutting, loading";

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final Set<String> units;
    private final Set<String> gates;
    private final Problems problems;

    DeviceReader(List<SiteUnit> units, List<Gate> gates, Problems problems) {
        this.units = SiteReader.ids(units);
        this.gates = gates.stream().map(Gate::id).collect(Collectors.toCollection(LinkedHashSet::new));
        this.problems = problems;
    }

    List<Device> read(List<Fields> all) {
        Set<String> seen = new LinkedHashSet<>();
        List<Device> found = new ArrayList<>();
        for (Fields fields : all) {
            found.add(device(fields, SiteReader.unique(fields, seen, "device")));
            fields.done();
        }
        return found;
    }

    private Device device(Fields fields, String id) {
        String kinds = "monitor, camera, gate, unit-sensor, spray, activity";
        Optional<DeviceKind> kind = fields.optionalWord("kind", DeviceKind::ofWire, kinds);
        if (!fields.has("kind")) {
            fields.problem("kind", "is required: one of " + kinds);
        }
        long everyMs = fields.duration("every");
        if (everyMs <= 0) {
            fields.problem("every", "must be above zero");
        }
        Optional<String> gate = fields.optionalText("gate");
        gate.filter(g -> !gates.contains(g)).ifPresent(g -> fields.problem("gate", unknown("gate", g, gates)));
        List<String> watched = fields.texts("units");
        watched.stream()
                .filter(u -> !units.contains(u))
                .forEach(u -> fields.problem("units", unknown("unit", u, units)));
        Optional<String> profile = fields.optionalText("profile");
        return new Device(
                id,
                kind.orElse(DeviceKind.MONITOR),
                Math.max(1, everyMs),
                side(fields),
                fields.optionalDate("calibrated"),
                fields.optionalDate("verifiedUntil"),
                gate,
                watched,
                fields.words("suppresses", Activity::ofWire, ACTIVITIES),
                fields.optionalWord("activity", Activity::ofWire, ACTIVITIES),
                hj212(fields),
                profile,
                topic(fields, profile),
                part(fields, profile));
    }

    private static String unknown(String what, String id, Set<String> known) {
        return "names the " + what + " " + id + ", which this site does not have; " + Spelling.advice(id, known);
    }

    private static Optional<String> side(Fields fields) {
        Optional<String> side = fields.optionalText("side");
        side.filter(s -> !SIDES.contains(s))
                .ifPresent(s -> fields.problem("side", "wants a side of the compass such as N or NE, got " + s));
        return side;
    }

    private static Optional<String> topic(Fields fields, Optional<String> profile) {
        Optional<String> topic = fields.optionalText("topic");
        topic.ifPresent(pattern -> {
            if (profile.isEmpty()) {
                fields.problem("topic", "needs a profile that reads what arrives there");
            }
            TopicFilter.problem(pattern).ifPresent(sentence -> fields.problem("topic", sentence));
        });
        return topic;
    }

    private static Optional<String> part(Fields fields, Optional<String> profile) {
        Optional<String> part = fields.optionalText("part");
        if (part.isPresent() && profile.isEmpty()) {
            fields.problem("part", "needs a profile that reads what it is a part of");
        }
        return part;
    }

    private Optional<Hj212> hj212(Fields device) {
        if (!device.has("hj212")) {
            return Optional.empty();
        }
        Fields fields = device.child("hj212");
        String mn = fields.text("mn");
        if (fields.has("mn") && !mn.matches("[0-9A-Za-z]{1,24}")) {
            fields.problem("mn", "wants 1 to 24 letters and digits, got " + mn);
        }
        Map<String, Double> scale = new HashMap<>();
        fields.raw("scale").ifPresent(value -> {
            Fields factors = fields.child("scale");
            value.fieldNames().forEachRemaining(
                    code -> SiteReader.size(factors, code).ifPresent(factor -> scale.put(code, factor)));
        });
        boolean minutes = fields.optionalWord(
                        "use",
                        word -> word.equals("minute")
                                ? Optional.of(true)
                                : word.equals("realtime") ? Optional.of(false) : Optional.empty(),
                        "realtime, minute")
                .orElse(false);
        Hj212 read = new Hj212(mn, fields.optionalText("passwordHash"), scale, fields.flag("strict", false), minutes,
                interval(fields));
        fields.done();
        return Optional.of(read);
    }

    private static OptionalLong interval(Fields hj212) {
        if (!hj212.has("interval")) {
            return OptionalLong.empty();
        }
        long ms = hj212.duration("interval");
        if (ms < MINUTE_MS || HOUR_MS % ms != 0 || ms % MINUTE_MS != 0) {
            hj212.problem("interval", "wants whole minutes that divide an hour, such as PT1M, PT5M or PT10M");
            return OptionalLong.empty();
        }
        return OptionalLong.of(ms);
    }
}
