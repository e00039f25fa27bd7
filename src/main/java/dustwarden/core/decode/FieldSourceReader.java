package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.decode.FieldSource.Type;
import dustwarden.core.decode.FieldSource.Unit;
import dustwarden.core.decode.Scope.Place;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Reads where a field comes from: a path, a constant (number, truth, {@code {value: …}}), or a path with conversions. */
final class FieldSourceReader {
    private static final int PLACES_MAX = 16;

    private final JsonNode node;
    private final String path;
    private final ProfileFields.Kind kind;
    private final Problems problems;

    FieldSourceReader(JsonNode node, String path, ProfileFields.Kind kind, Problems problems) {
        this.node = node;
        this.path = path;
        this.kind = kind;
        this.problems = problems;
    }

    Optional<FieldSource> read() {
        if (node.isBoolean() || node.isNumber()) {
            return Optional.of(constant(node));
        }
        if (node.isTextual() || node.isArray()) {
            return Optional.of(plain(places(node, path)));
        }
        Fields fields = new Fields(node, path, problems);
        if (!node.isObject()) {
            return Optional.empty();
        }
        Optional<JsonNode> value = fields.raw("value");
        FieldSource read = value.isPresent() ? constant(value.get()) : conversion(fields);
        fields.done();
        return Optional.of(read);
    }

    private FieldSource conversion(Fields fields) {
        List<Place> places = fields.raw("path").map(each -> places(each, path + ".path")).orElse(List.of());
        List<Place> joined = fields.raw("join").map(each -> places(each, path + ".join")).orElse(List.of());
        Optional<JsonNode> assumed = fields.raw("assume");
        if (places.isEmpty() && joined.isEmpty() && assumed.isEmpty()) {
            fields.problem("path", "is required: where it stands; or value");
        }
        return new FieldSource(
                places, joined, Set.copyOf(fields.texts("except")), Optional.empty(), meanings(fields, "map"), meanings(fields, "contains"),
                fields.texts("worst"), unit(fields), fields.number("scale", 1), fields.number("offset", 0),
                fields.optionalNumber("above"),
                assumed.or(() -> fields.raw("otherwise")), assumed.isPresent());
    }

    private FieldSource constant(JsonNode value) {
        boolean fits = switch (kind.type()) {
            case NUMBER -> value.isNumber();
            case TRUTH -> value.isBoolean();
            case TEXT -> value.isTextual();
        };
        if (!fits) {
            problems.add(path, "wants a " + kind.type().name().toLowerCase(java.util.Locale.ROOT) + ", got " + value);
        }
        return new FieldSource(List.of(), List.of(), Set.of(), Optional.of(value), Map.of(), Map.of(), List.of(), Optional.empty(),
                1, 0, OptionalDouble.empty(), Optional.empty(), false);
    }

    private static FieldSource plain(List<Place> places) {
        return new FieldSource(places, List.of(), Set.of(), Optional.empty(), Map.of(), Map.of(), List.of(), Optional.empty(),
                1, 0, OptionalDouble.empty(), Optional.empty(), false);
    }

    private List<Place> places(JsonNode written, String at) {
        List<Place> places = new ArrayList<>();
        Iterable<JsonNode> all = written.isArray() ? written : List.of(written);
        for (JsonNode each : all) {
            try {
                places.add(Place.of(each.asText()));
            } catch (IllegalArgumentException e) {
                problems.add(at, e.getMessage());
            }
        }
        if (places.size() > PLACES_MAX) {
            problems.add(at, "has more than " + PLACES_MAX + " paths");
        }
        return places;
    }

    private Map<String, JsonNode> meanings(Fields fields, String key) {
        Map<String, JsonNode> read = new TreeMap<>();
        fields.raw(key).ifPresent(all -> {
            if (!all.isObject()) {
                fields.problem(key, "wants words with what each of them means");
            }
            all.fields().forEachRemaining(e -> read.put(e.getKey(), e.getValue()));
        });
        read.forEach((word, means) -> {
            boolean fits = kind.type() == Type.TRUTH ? means.isBoolean() : means.isValueNode();
            if (!fits || means.isNull()) {
                fields.problem(key + "." + word, "does not mean what the field wants: " + means);
            }
        });
        return read;
    }

    /** {@code unit: hPa}, or {@code unit: {path: PressureUnit, otherwise: hPa}} where the payload says it. */
    private Optional<Unit> unit(Fields fields) {
        Optional<JsonNode> raw = fields.raw("unit");
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (raw.get().isTextual()) {
            String name = raw.get().textValue();
            known(fields, name);
            return Optional.of(new Unit(kind.dimension(), Optional.empty(), Optional.of(name)));
        }
        Fields inner = fields.child("unit");
        List<Place> places = inner.raw("path").map(each -> places(each, path + ".unit.path")).orElse(List.of());
        Optional<String> otherwise = inner.optionalText("otherwise");
        otherwise.ifPresent(name -> known(fields, name));
        inner.done();
        return Optional.of(new Unit(kind.dimension(), places.stream().findFirst(), otherwise));
    }

    private void known(Fields fields, String name) {
        if (UnitScale.of(name, kind.dimension()).isEmpty()) {
            fields.problem("unit", "is no unit of it: " + name + "; known are " + UnitScale.names(kind.dimension()));
        }
    }
}
