package dustwarden.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** What was measured, by name with unit, in the order of measuring. */
final class Figures {
    private record Figure(double value, String unit) {}

    private final Map<String, Figure> all = new LinkedHashMap<>();
    private final Consumer<String> out;

    /** @param out told each figure as a line, as soon as it is known */
    Figures(Consumer<String> out) {
        this.out = out;
    }

    void add(String name, double value, String unit) {
        all.put(name, new Figure(value, unit));
        out.accept(String.format(Locale.ROOT, "%-42s %,14.2f %s", name, value, unit));
    }

    /** A figure that was measured before. */
    OptionalDouble value(String name) {
        return all.containsKey(name) ? OptionalDouble.of(all.get(name).value()) : OptionalDouble.empty();
    }

    /** {@code {"name":{"value":…,"unit":"…"}}}. */
    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        all.forEach((name, figure) -> json.putObject(name)
                .put("value", Math.round(figure.value() * 1000) / 1000.0)
                .put("unit", figure.unit()));
        return json;
    }
}
