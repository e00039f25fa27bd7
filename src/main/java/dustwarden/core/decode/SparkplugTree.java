package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.PayloadTree.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Sparkplug B payload (protobuf, {@code org.eclipse.tahu.protobuf.Payload}) as the JSON view of its specification:
 * {@code timestamp}, {@code seq} and {@code metrics} with {@code name}, {@code timestamp} and {@code value}.
 */
final class SparkplugTree {
    private static final int METRICS_MAX = 1_000;
    private static final int PROPERTIES_MAX = 64;
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;
    /** Data types whose whole numbers have a sign (Int8, Int16, Int32, Int64). */
    private static final int SIGNED_FIRST = 1;
    private static final int SIGNED_LAST = 4;
    private static final int INT8 = 1;
    private static final int INT16 = 2;

    private final byte[] bytes;
    private int at;
    private final int end;

    private SparkplugTree(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    static JsonNode read(byte[] payload) throws Unreadable {
        return new SparkplugTree(payload, 0, payload.length).payload();
    }

    private ObjectNode payload() throws Unreadable {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        ArrayNode metrics = out.putArray("metrics");
        while (at < end) {
            long tag = varint();
            if (tag == (1 << 3 | VARINT)) {
                out.put("timestamp", varint());
            } else if (tag == (3 << 3 | VARINT)) {
                out.put("seq", varint());
            } else if (tag == (2 << 3 | BYTES) && metrics.size() < METRICS_MAX) {
                metrics.add(inner().metric());
            } else {
                skip((int) (tag & 7));
            }
        }
        return out;
    }

    private ObjectNode metric() throws Unreadable {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        int type = 0;
        while (at < end) {
            long tag = varint();
            int field = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
            int wire = (int) (tag & 7);
            if (field == 1 && wire == BYTES) {
                out.put("name", text());
            } else if (field == 2 && wire == VARINT) {
                out.put("alias", varint());
            } else if (field == 3 && wire == VARINT) {
                out.put("timestamp", varint());
            } else if (field == 4 && wire == VARINT) {
                type = (int) varint();
            } else if (field == 7 && wire == VARINT) {
                out.put("is_null", varint() != 0);
            } else if (field == 9 && wire == BYTES) {
                inner().unit().ifPresent(unit -> out.putObject("properties").putObject("engUnit").put("value", unit));
            } else if ((field == 10 || field == 11) && wire == VARINT) {
                out.put("value", varint());
            } else if (field == 12 && wire == FOUR_BYTES) {
                out.put("value", Double.parseDouble(Float.toString(Float.intBitsToFloat((int) fixed(4)))));
            } else if (field == 13 && wire == EIGHT_BYTES) {
                out.put("value", Double.longBitsToDouble(fixed(8)));
            } else if (field == 14 && wire == VARINT) {
                out.put("value", varint() != 0);
            } else if (field == 15 && wire == BYTES) {
                out.put("value", text());
            } else {
                skip(wire);
            }
        }
        JsonNode value = out.path("value");
        if (type >= SIGNED_FIRST && type <= SIGNED_LAST && value.isIntegralNumber()) {
            out.put("value", signed(type, value.longValue()));
        }
        return out;
    }

    /** Of a metric's properties, which are two lists of keys and values, the unit that is written as {@code engUnit}. */
    private Optional<String> unit() throws Unreadable {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        while (at < end) {
            long tag = varint();
            if (tag == (1 << 3 | BYTES) && keys.size() < PROPERTIES_MAX) {
                keys.add(text());
            } else if (tag == (2 << 3 | BYTES) && values.size() < PROPERTIES_MAX) {
                values.add(inner().property());
            } else {
                skip((int) (tag & 7));
            }
        }
        int place = keys.indexOf("engUnit");
        return place < 0 || place >= values.size() || values.get(place).isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(place));
    }

    /** The text of a property; empty where it is another kind of value. */
    private String property() throws Unreadable {
        String said = "";
        while (at < end) {
            long tag = varint();
            if (tag == (8 << 3 | BYTES)) {
                said = text();
            } else {
                skip((int) (tag & 7));
            }
        }
        return said;
    }

    /** The protocol writes a negative whole number as the unsigned one with the same bits. */
    private static long signed(int type, long bits) {
        if (type == INT8) {
            return (byte) bits;
        }
        if (type == INT16) {
            return (short) bits;
        }
        return type == SIGNED_LAST ? bits : (int) bits;
    }

    private SparkplugTree inner() throws Unreadable {
        int length = length();
        SparkplugTree inner = new SparkplugTree(bytes, at, at + length);
        at += length;
        return inner;
    }

    private String text() throws Unreadable {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private int length() throws Unreadable {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw broken();
        }
        return (int) length;
    }

    private long fixed(int count) throws Unreadable {
        if (end - at < count) {
            throw broken();
        }
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (bytes[at++] & 0xffL) << 8 * i;
        }
        return bits;
    }

    private long varint() throws Unreadable {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw broken();
            }
            byte b = bytes[at++];
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private void skip(int wire) throws Unreadable {
        switch (wire) {
            case VARINT -> varint();
            case EIGHT_BYTES -> fixed(8);
            case BYTES -> {
                int length = length();
                at += length;
            }
            case FOUR_BYTES -> fixed(4);
            default -> throw broken();
        }
    }

    private static Unreadable broken() {
        return new Unreadable(Refusal.MALFORMED, "the payload is not the protobuf of Sparkplug B");
    }
}
