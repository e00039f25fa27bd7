package dustwarden.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * A checked view of one JSON object that collects every problem with its path instead of stopping at the first.
 *
 * <p>A getter of a required key that is absent or wrong notes the problem and answers a harmless stand-in; whoever
 * reads must look at {@link Problems#isEmpty} before the result is used. {@link #done} notes keys nobody asked for.
 */
public final class Fields {
    /** Problems found in one document, each with the path where it stands. */
    public static final class Problems {
        private final List<String> all = new ArrayList<>();

        public void add(String path, String sentence) {
            all.add(path + ": " + sentence);
        }

        public boolean isEmpty() {
            return all.isEmpty();
        }

        public List<String> all() {
            return List.copyOf(all);
        }
    }

    private final JsonNode node;
    private final String path;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>();

    public Fields(JsonNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add(path, "wants a mapping of keys to values, got " + kind(node));
        }
    }

    public String path() {
        return path;
    }

    public Problems problems() {
        return problems;
    }

    public void problem(String key, String sentence) {
        problems.add(path + "." + key, sentence);
    }

    public boolean has(String key) {
        asked.add(key);
        JsonNode value = node.get(key);
        return value != null && !value.isNull();
    }

    /** All of it as it was read. */
    public JsonNode raw() {
        return node;
    }

    /** The raw value of a key, for content with a shape of its own. */
    public Optional<JsonNode> raw(String key) {
        return has(key) ? Optional.of(node.get(key)) : Optional.empty();
    }

    public String text(String key) {
        return optionalText(key).orElseGet(() -> missing(key, "?"));
    }

    public Optional<String> optionalText(String key) {
        return raw(key).flatMap(value -> {
            if (value.isTextual() && !value.textValue().isBlank()) {
                return Optional.of(value.textValue());
            }
            if (value.isNumber()) {
                return Optional.of(value.asText());
            }
            problem(key, "wants a text, got " + kind(value));
            return Optional.empty();
        });
    }

    public double number(String key) {
        return optionalNumber(key).orElseGet(() -> missing(key, 1.0));
    }

    public double number(String key, double otherwise) {
        return optionalNumber(key).orElse(otherwise);
    }

    public OptionalDouble optionalNumber(String key) {
        Optional<JsonNode> value = raw(key);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!value.get().isNumber() || !Double.isFinite(value.get().doubleValue())) {
            problem(key, "wants a number, got " + kind(value.get()));
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value.get().doubleValue());
    }

    public boolean flag(String key, boolean otherwise) {
        return raw(key).map(value -> {
            if (!value.isBoolean()) {
                problem(key, "wants true or false, got " + kind(value));
            }
            return value.asBoolean(otherwise);
        }).orElse(otherwise);
    }

    /** An ISO 8601 duration such as {@code PT1M}, in ms, above zero. */
    public long duration(String key) {
        return optionalDuration(key).orElseGet(() -> missing(key, 60_000L));
    }

    public long duration(String key, long otherwiseMs) {
        return optionalDuration(key).orElse(otherwiseMs);
    }

    public Optional<Long> optionalDuration(String key) {
        return optionalText(key).flatMap(text -> parse(key, text, "a duration such as PT1M or P1D", t -> {
            long ms = Duration.parse(t).toMillis();
            if (ms < 0) {
                throw new DateTimeException("below zero");
            }
            return ms;
        }));
    }

    public Optional<LocalDate> optionalDate(String key) {
        return optionalText(key).flatMap(text -> parse(key, text, "a date such as 2026-03-14", LocalDate::parse));
    }

    /** One of a closed set of words. */
    public <T> Optional<T> optionalWord(String key, Function<String, Optional<T>> lookUp, String wanted) {
        return optionalText(key).flatMap(text -> {
            Optional<T> found = lookUp.apply(text);
            if (found.isEmpty()) {
                problem(key, "wants one of " + wanted + ", got " + text);
            }
            return found;
        });
    }

    /** A list of words of a closed set; absent is empty. */
    public <T> List<T> words(String key, Function<String, Optional<T>> lookUp, String wanted) {
        List<T> found = new ArrayList<>();
        for (String text : texts(key)) {
            Optional<T> one = lookUp.apply(text);
            one.ifPresentOrElse(found::add, () -> problem(key, "wants some of " + wanted + ", got " + text));
        }
        return found;
    }

    /** A list of texts, or one text for a list of one; absent is empty. */
    public List<String> texts(String key) {
        List<String> found = new ArrayList<>();
        raw(key).ifPresent(value -> {
            if (value.isTextual()) {
                found.add(value.textValue());
            } else if (value.isArray()) {
                value.forEach(each -> found.add(each.asText()));
            } else {
                problem(key, "wants a list of texts, got " + kind(value));
            }
        });
        return found;
    }

    /** Words in both languages: {@code {zh: …, en: …}}; one plain text stands for both. */
    public Text words(String key) {
        Optional<JsonNode> value = raw(key);
        if (value.isPresent() && value.get().isTextual() && !value.get().textValue().isBlank()) {
            return new Text(value.get().textValue(), value.get().textValue());
        }
        if (value.isPresent() && value.get().isObject()) {
            Fields inner = child(key);
            String zh = inner.text("zh");
            String en = inner.text("en");
            inner.done();
            return new Text(zh.isBlank() ? "?" : zh, en.isBlank() ? "?" : en);
        }
        problem(key, "is required: a name as {zh: …, en: …}");
        return new Text("?", "?");
    }

    /** The object under a key; absent counts as an empty object. */
    public Fields child(String key) {
        JsonNode value = raw(key).orElseGet(() -> JsonNodeFactory.instance.objectNode());
        return new Fields(value, path + "." + key, problems);
    }

    /** The objects of a list; absent is empty. */
    public List<Fields> children(String key) {
        List<Fields> found = new ArrayList<>();
        raw(key).ifPresent(value -> {
            if (!value.isArray()) {
                problem(key, "wants a list, got " + kind(value));
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                found.add(new Fields(value.get(i), path + "." + key + "[" + i + "]", problems));
            }
        });
        return found;
    }

    /** Notes every key that was never asked for. */
    public void done() {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!asked.contains(name)) {
                problems.add(path + "." + name, "is not a key known here; " + Spelling.advice(name, asked));
            }
        }
    }

    private <T> T missing(String key, T standIn) {
        if (!has(key)) {
            problem(key, "is required");
        }
        return standIn;
    }

    private <T> Optional<T> parse(String key, String text, String wanted, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException | ArithmeticException e) {
            problem(key, "wants " + wanted + ", got " + text);
            return Optional.empty();
        }
    }

    private static String kind(JsonNode node) {
        return node.isNull() ? "nothing" : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
