package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalLong;

/** Single JSON values as plain ones: {@code String}, {@code Boolean}, {@code Long}, {@code Double} or a marker. */
final class Scalars {
    static final int TEXT_CHARS_MAX = 256;

    /** Stands for null and for what is there but neither text, number nor truth. */
    enum Marker {
        NULL,
        STRUCTURE
    }

    /** No double beyond it holds every whole number. */
    private static final double WHOLE_MAX = 1L << 53;

    private Scalars() {}

    /** The value at the current token; a structure is passed over. */
    static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> Marker.NULL;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> {
                JsonBytes.skip(parser);
                yield Marker.STRUCTURE;
            }
        };
    }

    /** A whole number as {@code Long} where it fits, else as {@code Double}. */
    private static Object integer(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length <= 18) {
            return parser.getLongValue();
        }
        if (length <= 20) {
            try {
                return Long.parseLong(parser.getText());
            } catch (NumberFormatException tooLong) {
                return parser.getDoubleValue();
            }
        }
        return parser.getDoubleValue();
    }

    /** Whether the token is a number; then {@code getDoubleValue} is safe. */
    static boolean isNumber(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /**
     * A measured time: RFC 3339 with offset, or whole epoch milliseconds. A number beyond 64 bits stands at the end of
     * time, so that it is refused as future or ancient like any other such number.
     */
    static OptionalLong time(Object value, String name, Trouble trouble) {
        if (value == null || value == Marker.NULL) {
            trouble.add(Refusal.MISSING_FIELD, name + " is required");
            return OptionalLong.empty();
        }
        if (value instanceof Long millis) {
            return OptionalLong.of(millis);
        }
        if (value instanceof Double d && (Math.abs(d) > WHOLE_MAX || d == Math.rint(d))) {
            return OptionalLong.of((long) (double) d);
        }
        OptionalLong parsed = value instanceof String text ? Timestamp.parse(text) : OptionalLong.empty();
        if (parsed.isEmpty()) {
            trouble.add(Refusal.WRONG_TYPE, name + " wants RFC 3339 with an offset, or whole epoch milliseconds");
        }
        return parsed;
    }

    /** A running number; empty where absent or refused. */
    static OptionalLong whole(Object value, String name, Trouble trouble) {
        if (value == null || value == Marker.NULL) {
            return OptionalLong.empty();
        }
        if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) <= WHOLE_MAX) {
            value = (long) (double) d;
        }
        if (value instanceof Long number) {
            if (number >= 0) {
                return OptionalLong.of(number);
            }
            trouble.add(Refusal.OUT_OF_RANGE, name + " is below zero");
        } else if (value instanceof Double d && Math.abs(d) > WHOLE_MAX) {
            trouble.add(Refusal.OUT_OF_RANGE, name + " is too large a number");
        } else {
            trouble.add(Refusal.WRONG_TYPE, name + " wants a whole number");
        }
        return OptionalLong.empty();
    }

    /** Checks a text that we keep: at most 256 characters, each a real one. */
    static boolean textIsFine(String text, String name, Trouble trouble) {
        if (text.length() > TEXT_CHARS_MAX && text.codePointCount(0, text.length()) > TEXT_CHARS_MAX) {
            trouble.add(Refusal.OUT_OF_RANGE, name + " is longer than " + TEXT_CHARS_MAX + " characters");
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                trouble.add(Refusal.NOT_UTF8, name + " has half a surrogate pair, which is no character");
                return false;
            }
        }
        return true;
    }
}
