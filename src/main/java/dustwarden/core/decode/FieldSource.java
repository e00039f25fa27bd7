package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dustwarden.core.decode.Scope.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Where one field of an observation comes from and how it is made into ours. What cannot be made into it is dropped,
 * and the notes say so.
 *
 * @param places tried in turn; all of them, where {@code join}
 * @param joined places that make one text together, with {@code -} between them, where none of the others has a value
 * @param except words that say that there is no value
 * @param constant the value itself, without any place
 * @param map exact words to values, before anything else
 * @param contains parts of words to values, where {@code map} has none
 * @param worst every value there is mapped and the first of these that occurs is taken
 * @param above true or false by whether a number is above it
 * @param otherwise where there is nothing, or nothing mapped
 * @param assumed whether {@code otherwise} is an assumption to be named
 */
record FieldSource(
        List<Place> places,
        List<Place> joined,
        Set<String> except,
        Optional<JsonNode> constant,
        Map<String, JsonNode> map,
        Map<String, JsonNode> contains,
        List<String> worst,
        Optional<Unit> unit,
        double scale,
        double offset,
        OptionalDouble above,
        Optional<JsonNode> otherwise,
        boolean assumed) {
    private static final int NUMBER_CHARS_MAX = 40;

    /** What a field wants to be. */
    enum Type {
        NUMBER,
        TRUTH,
        TEXT
    }

    /** A unit, fixed or as a place of the payload says it. */
    record Unit(UnitScale.Dimension of, Optional<Place> place, Optional<String> otherwise) {
        Optional<String> name(Scope scope) {
            return place.flatMap(scope::first).filter(JsonNode::isValueNode).map(JsonNode::asText).or(() -> otherwise);
        }
    }

    FieldSource {
        places = List.copyOf(places);
        joined = List.copyOf(joined);
        except = Set.copyOf(except);
        map = Map.copyOf(map);
        contains = new java.util.TreeMap<>(contains);
        worst = List.copyOf(worst);
    }

    /** The value, or empty where there is none to take. */
    Optional<JsonNode> value(String field, Type type, Scope scope, ProfileNotes notes) {
        if (constant.isPresent()) {
            return constant;
        }
        Optional<JsonNode> found = worst.isEmpty() ? one(field, type, scope, notes) : worst(scope);
        if (found.isEmpty() && otherwise.isPresent()) {
            if (assumed) {
                notes.assumed(field);
            }
            return otherwise;
        }
        return found;
    }

    private Optional<JsonNode> worst(Scope scope) {
        List<String> there = places.stream()
                .flatMap(place -> scope.all(place).stream())
                .map(node -> mapped(node).map(JsonNode::asText).orElse("?"))
                .toList();
        return worst.stream().filter(there::contains).findFirst().map(JsonNodeFactory.instance::textNode);
    }

    private Optional<JsonNode> one(String field, Type type, Scope scope, ProfileNotes notes) {
        for (Place place : places) {
            Optional<JsonNode> node = scope.first(place);
            if (node.isEmpty() || except.contains(node.get().asText())) {
                continue;
            }
            if (type == Type.TEXT && node.get().asText("").isEmpty() && !node.get().isContainerNode()) {
                continue;
            }
            Optional<JsonNode> made = make(field, type, place, node.get(), scope, notes);
            if (made.isPresent()) {
                return made;
            }
        }
        return joined.isEmpty() ? Optional.empty() : together(scope);
    }

    private Optional<JsonNode> together(Scope scope) {
        StringJoiner text = new StringJoiner("-");
        for (Place place : joined) {
            Optional<JsonNode> node = scope.first(place);
            if (node.isEmpty() || !node.get().isValueNode()) {
                return Optional.empty();
            }
            text.add(node.get().asText());
        }
        return Optional.of(JsonNodeFactory.instance.textNode(text.toString()));
    }

    private Optional<JsonNode> make(
            String field, Type type, Place place, JsonNode node, Scope scope, ProfileNotes notes) {
        if (!node.isValueNode()) {
            notes.dropped(field, "no single value at " + place.text());
            return Optional.empty();
        }
        Optional<JsonNode> mapped = mapped(node);
        if (mapped.isEmpty() && (!map.isEmpty() || !contains.isEmpty())) {
            if (otherwise.isEmpty()) {
                notes.unread(field, "no meaning for " + ProfileNotes.clean(node.asText()) + " at " + place.text());
            }
            return Optional.empty();
        }
        JsonNode said = mapped.orElse(node);
        if (above.isPresent()) {
            OptionalDouble number = number(said);
            if (number.isPresent()) {
                return Optional.of(JsonNodeFactory.instance.booleanNode(number.getAsDouble() > above.getAsDouble()));
            }
            notes.unread(field, "no number at " + place.text());
            return Optional.empty();
        }
        return switch (type) {
            case NUMBER -> converted(field, place, said, scope, notes);
            case TRUTH -> truth(field, place, said, notes);
            case TEXT -> Optional.of(JsonNodeFactory.instance.textNode(said.asText()));
        };
    }

    private Optional<JsonNode> mapped(JsonNode node) {
        String said = node.asText();
        JsonNode exact = map.get(said);
        if (exact != null) {
            return Optional.of(exact);
        }
        return contains.entrySet().stream().filter(e -> said.contains(e.getKey())).findFirst().map(Map.Entry::getValue);
    }

    private Optional<JsonNode> converted(String field, Place place, JsonNode said, Scope scope, ProfileNotes notes) {
        OptionalDouble number = number(said);
        if (number.isEmpty()) {
            notes.unread(field, "no number at " + place.text());
            return Optional.empty();
        }
        double value = number.getAsDouble();
        if (unit.isPresent()) {
            Optional<String> name = unit.get().name(scope);
            Optional<UnitScale> known = name.flatMap(n -> UnitScale.of(n, unit.get().of()));
            if (known.isEmpty()) {
                notes.dropped(field, "the unit " + ProfileNotes.clean(name.orElse("?")) + " is none of its own");
                return Optional.empty();
            }
            value = known.get().apply(value);
        }
        return Optional.of(JsonNodeFactory.instance.numberNode(tidy(value * scale + offset)));
    }

    /** Without what doubles add beyond twelve digits, so that 977 hPa are 97.7 kPa. */
    private static double tidy(double value) {
        if (!Double.isFinite(value) || value == Math.rint(value)) {
            return value;
        }
        return new java.math.BigDecimal(value).round(new java.math.MathContext(12)).doubleValue();
    }

    private static Optional<JsonNode> truth(String field, Place place, JsonNode said, ProfileNotes notes) {
        String text = said.asText();
        if (said.isBoolean() || text.equals("true") || text.equals("false")) {
            return Optional.of(JsonNodeFactory.instance.booleanNode(text.equals("true")));
        }
        notes.unread(field, "neither true nor false at " + place.text());
        return Optional.empty();
    }

    /** A finite number, also written as a decimal text. */
    static OptionalDouble number(JsonNode node) {
        if (node.isNumber()) {
            double value = node.doubleValue();
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
        String text = node.isTextual() ? node.textValue().strip() : "";
        if (text.isEmpty() || text.length() > NUMBER_CHARS_MAX || !isDecimal(text)) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
