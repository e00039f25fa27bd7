package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dustwarden.core.decode.Scalars.Marker;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON object of a stream other than readings, with checked getters; null counts as absent.
 *
 * <p>An object or array under a key is passed over and marked, save an object under one of the keys asked to be kept.
 */
final class Body {
    private static final Set<String> KEPT_LISTS = Set.of("bans", "exempt", "position");

    /** By their names in lower case with dashes. */
    private static final ClassValue<Map<String, Enum<?>>> WORDS = new ClassValue<>() {
        @Override
        protected Map<String, Enum<?>> computeValue(Class<?> words) {
            Map<String, Enum<?>> byName = new HashMap<>();
            for (Object word : words.getEnumConstants()) {
                byName.put(((Enum<?>) word).name().toLowerCase(Locale.ROOT).replace('_', '-'), (Enum<?>) word);
            }
            return byName;
        }
    };

    /** A body has few fields, so that looking at each is faster than hashing; what goes beyond them goes into the map. */
    private static final int FEW = 16;

    private String[] names = new String[8];
    private Object[] values = new Object[8];
    private int count;
    private Map<String, Object> more = Map.of();
    private final String path;
    private final Trouble trouble;

    private Body(String path, Trouble trouble) {
        this.path = path;
        this.trouble = trouble;
    }

    /** Reads the object whose start is the current token. */
    static Body read(JsonParser parser, Trouble trouble) throws IOException {
        return read(parser, "", trouble);
    }

    private static Body read(JsonParser parser, String path, Trouble trouble) throws IOException {
        Body body = new Body(path, trouble);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            Object value;
            if (token == JsonToken.START_OBJECT && path.isEmpty() && key.equals("wash")) {
                value = read(parser, "wash.", trouble);
            } else if (token == JsonToken.START_ARRAY && path.isEmpty() && KEPT_LISTS.contains(key)) {
                value = list(parser);
            } else {
                value = Scalars.read(parser);
            }
            body.put(key, value);
        }
        return body;
    }

    private void put(String key, Object value) throws JsonBytes.RepeatedKey {
        if (field(key) != null) {
            throw new JsonBytes.RepeatedKey();
        }
        if (count == FEW) {
            more = more.isEmpty() ? new HashMap<>() : more;
            more.put(key, value);
            return;
        }
        if (count == names.length) {
            names = Arrays.copyOf(names, FEW);
            values = Arrays.copyOf(values, FEW);
        }
        names[count] = key;
        values[count++] = value;
    }

    private Object field(String key) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(key)) {
                return values[i];
            }
        }
        return more.get(key);
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(Scalars.read(parser));
        }
        return values;
    }

    /** The raw value; null where absent, for {@link Scalars}. */
    Object raw(String key) {
        Object value = field(key);
        return value == Marker.NULL ? null : value;
    }

    private <T> Optional<T> as(Class<T> type, String key, String wanted) {
        Object value = raw(key);
        if (value != null && !type.isInstance(value)) {
            trouble.add(Refusal.WRONG_TYPE, path + key + " wants " + wanted);
            return Optional.empty();
        }
        return Optional.ofNullable(type.cast(value));
    }

    Optional<String> text(String key) {
        return as(String.class, key, "a text").filter(text -> Scalars.textIsFine(text, path + key, trouble));
    }

    /** A text with something in it. */
    String requiredText(String key) {
        Object value = raw(key);
        if (value == null || value.equals("")) {
            missing(key);
        }
        return text(key).orElse("?");
    }

    Optional<Boolean> truth(String key) {
        return as(Boolean.class, key, "true or false");
    }

    boolean requiredTruth(String key) {
        if (raw(key) == null) {
            missing(key);
        }
        return truth(key).orElse(false);
    }

    Claim claim(String key) {
        return Claim.of(truth(key));
    }

    OptionalDouble number(String key, double min, double max) {
        Optional<Number> number = as(Number.class, key, "a number");
        if (number.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = number.get().doubleValue() + 0.0;
        if (!(value >= min && value <= max)) {
            trouble.add(Refusal.OUT_OF_RANGE, path + key + " " + value + " is outside " + min + ".." + max);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }

    /** A word of a closed set, by its name in lower case with dashes. */
    <E extends Enum<E>> Optional<E> word(String key, Class<E> words) {
        return word(key, text -> Optional.ofNullable(WORDS.get(words).get(text)).map(words::cast));
    }

    <E extends Enum<E>> E requiredWord(String key, Class<E> words) {
        if (raw(key) == null) {
            missing(key);
        }
        return word(key, words).orElse(words.getEnumConstants()[0]);
    }

    /** Notes that a key has no value. */
    void missing(String key) {
        trouble.add(Refusal.MISSING_FIELD, path + key + " is required");
    }

    <T> Optional<T> word(String key, Function<String, Optional<T>> lookUp) {
        Optional<String> text = text(key);
        Optional<T> word = text.flatMap(lookUp);
        if (text.isPresent() && word.isEmpty()) {
            trouble.add(Refusal.WRONG_TYPE, path + key + " is none of the words it may be");
        }
        return word;
    }

    /** The texts of a list; absent is empty. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object each : as(List.class, key, "a list of texts").orElse(List.of())) {
            if (each instanceof String text) {
                if (Scalars.textIsFine(text, path + key, trouble)) {
                    texts.add(text);
                }
            } else {
                trouble.add(Refusal.WRONG_TYPE, path + key + " wants a list of texts");
            }
        }
        return texts;
    }

    /** The position under a key, as [degrees north, degrees east]; empty where there is none that can be. */
    Optional<Site.Position> position(String key) {
        if (!(raw(key) instanceof List<?> list) || list.size() != 2
                || !(list.get(0) instanceof Number north) || !(list.get(1) instanceof Number east)) {
            return Optional.empty();
        }
        double lat = north.doubleValue();
        double lon = east.doubleValue();
        boolean onEarth = Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
        // Receivers without a fix say 0, 0.
        return onEarth && !(lat == 0 && lon == 0) ? Optional.of(new Site.Position(lat, lon)) : Optional.empty();
    }

    /** The object under a key that is kept; absent is an empty one. */
    Body child(String key) {
        return as(Body.class, key, "an object").orElseGet(() -> new Body(path + key + ".", trouble));
    }

}
