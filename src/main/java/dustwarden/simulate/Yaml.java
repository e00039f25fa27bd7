package dustwarden.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One mapping of a YAML file with the path it stands at, so that every complaint says where. */
record Yaml(JsonNode node, String path) {

    Yaml {
        if (!node.isObject()) {
            throw new IllegalArgumentException(path + ": wanted a mapping, found '" + node.asText() + "'");
        }
    }

    /** Refuses keys that nobody reads. */
    Yaml only(String... keys) {
        Set<String> known = Set.of(keys);
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(path + ": unknown key '" + key + "'");
            }
        });
        return this;
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    Optional<String> optional(String key) {
        return has(key) ? Optional.of(node.get(key).asText()) : Optional.empty();
    }

    String text(String key) {
        return optional(key).orElseThrow(() -> new IllegalArgumentException(path + ": " + key + " is missing"));
    }

    double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!node.get(key).isNumber()) {
            throw new IllegalArgumentException(path + ": " + key + " '" + text(key) + "' is not a number");
        }
        return node.get(key).asDouble();
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? node.get(key).asBoolean() : otherwise;
    }

    Duration duration(String key) {
        try {
            return Duration.parse(text(key));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    path + ": " + key + " '" + text(key) + "' is not a duration such as PT1M", e);
        }
    }

    Optional<Duration> optionalDuration(String key) {
        return has(key) ? Optional.of(duration(key)) : Optional.empty();
    }

    LocalTime time(String key) {
        return parsed(text(key));
    }

    LocalTime parsed(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(path + ": '" + text + "' is not a time of day such as \"07:30\"", e);
        }
    }

    DailySpan span() {
        return new DailySpan(time("from"), time("to"));
    }

    Yaml mapping(String key) {
        if (!has(key)) {
            throw new IllegalArgumentException(path + ": " + key + " is missing");
        }
        return new Yaml(node.get(key), path + "." + key);
    }

    /** The mappings of a list; none where the key is absent. */
    List<Yaml> list(String key) {
        List<Yaml> items = new ArrayList<>();
        if (has(key)) {
            if (!node.get(key).isArray()) {
                throw new IllegalArgumentException(path + ": " + key + " is not a list");
            }
            for (JsonNode item : node.get(key)) {
                items.add(new Yaml(item, path + "." + key + "[" + items.size() + "]"));
            }
        }
        return items;
    }

    /** The texts of a list; none where the key is absent. */
    List<String> texts(String key) {
        List<String> items = new ArrayList<>();
        if (has(key)) {
            node.get(key).forEach(item -> items.add(item.asText()));
        }
        return items;
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
