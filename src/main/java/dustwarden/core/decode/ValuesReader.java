package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** Reads the fields {@code values} and {@code flags} of one element after the other; reused, for it is the hot path. */
final class ValuesReader {
    private static final Quantity[] QUANTITIES = Quantity.values();
    private static final int IGNORED_NAMED_MAX = 8;
    private static final int IGNORED_CHARS_MAX = 32;

    private final double[] numbers = new double[QUANTITIES.length];
    private final boolean[] present = new boolean[QUANTITIES.length];
    private final Flag[] flags = new Flag[QUANTITIES.length];
    private final KeySet keys = new KeySet();
    private final List<String> ignored = new ArrayList<>();
    private int ignoredCount;

    void clear() {
        Arrays.fill(present, false);
        Arrays.fill(flags, Flag.N);
        ignored.clear();
        ignoredCount = 0;
    }

    /** Reads {@code values}, whose value is the current token. */
    void readValues(JsonParser parser, Trouble trouble) throws IOException {
        if (!isObject(parser, "values", trouble)) {
            return;
        }
        keys.clear();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!keys.add(name)) {
                throw new JsonBytes.RepeatedKey();
            }
            JsonToken token = parser.nextToken();
            Optional<Quantity> quantity = Quantity.ofWire(name);
            if (quantity.isEmpty()) {
                ignore(name);
                JsonBytes.skip(parser);
            } else if (Scalars.isNumber(token)) {
                int i = quantity.get().ordinal();
                numbers[i] = parser.getDoubleValue() + 0.0; // no -0
                present[i] = true;
            } else {
                JsonBytes.skip(parser);
                if (token != JsonToken.VALUE_NULL) {
                    trouble.add(Refusal.WRONG_TYPE, name + " wants a number");
                }
            }
        }
    }

    /** Reads {@code flags}, whose value is the current token. */
    void readFlags(JsonParser parser, Trouble trouble) throws IOException {
        if (!isObject(parser, "flags", trouble)) {
            return;
        }
        keys.clear();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!keys.add(name)) {
                throw new JsonBytes.RepeatedKey();
            }
            JsonToken token = parser.nextToken();
            Optional<Quantity> quantity = Quantity.ofWire(name);
            if (quantity.isEmpty() || token == JsonToken.VALUE_NULL) {
                JsonBytes.skip(parser);
                continue;
            }
            Optional<Flag> flag =
                    token == JsonToken.VALUE_STRING ? Flag.of(parser.getText()) : Optional.empty();
            JsonBytes.skip(parser);
            if (flag.isEmpty()) {
                trouble.add(Refusal.WRONG_TYPE, "the flag of " + name + " is none of N F M S D C T B");
            } else {
                flags[quantity.get().ordinal()] = flag.get();
            }
        }
    }

    /** What was read, checked; empty where something is wrong, which {@code trouble} then says. */
    Optional<Values> values(Trouble trouble) {
        EnumMap<Quantity, Values.Value> byQuantity = new EnumMap<>(Quantity.class);
        boolean any = false;
        for (int i = 0; i < QUANTITIES.length; i++) {
            if (present[i]) {
                any = true;
                if (inRange(QUANTITIES[i], numbers[i], flags[i])) {
                    byQuantity.put(QUANTITIES[i], new Values.Value(numbers[i], flags[i]));
                } else {
                    trouble.add(Refusal.OUT_OF_RANGE, outside(QUANTITIES[i], numbers[i]));
                }
            }
        }
        if (!any) {
            trouble.add(Refusal.MISSING_FIELD, "values wants at least one known quantity");
        }
        return trouble.isNone() ? Optional.of(new Values(byQuantity)) : Optional.empty();
    }

    /** Whether a value may be; one flagged {@link Flag#T} may lie above the range. */
    static boolean inRange(Quantity quantity, double number, Flag flag) {
        return quantity.inRange(number)
                || (flag == Flag.T && number > quantity.max() && Double.isFinite(number));
    }

    static String outside(Quantity quantity, double number) {
        return quantity.wire() + " " + number + " is outside " + quantity.min() + ".." + quantity.max();
    }

    /** Which quantities were ignored, empty if none. */
    Optional<String> ignored() {
        if (ignoredCount == 0) {
            return Optional.empty();
        }
        String more = ignoredCount > ignored.size() ? " and " + (ignoredCount - ignored.size()) + " more" : "";
        return Optional.of(ignoredCount + " quantities not known here: " + String.join(", ", ignored) + more);
    }

    private void ignore(String name) {
        ignoredCount++;
        if (ignored.size() < IGNORED_NAMED_MAX) {
            int end = Math.min(name.length(), IGNORED_CHARS_MAX);
            ignored.add(name.substring(0, end).replaceAll("[^\\p{L}\\p{N}._ -]", "?"));
        }
    }

    private static boolean isObject(JsonParser parser, String name, Trouble trouble) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
        JsonBytes.skip(parser);
        if (!absent) {
            trouble.add(Refusal.WRONG_TYPE, name + " wants an object");
        }
        return false;
    }
}
