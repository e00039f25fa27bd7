package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A maker's payload of whatever kind as one tree of JSON; bounded in depth, strict where JSON is.
 *
 * <p>A multipart body is taken apart first: its first part that looks like the kind counts, pictures never.
 */
final class PayloadTree {
    static final int DEPTH_MAX = 64;
    private static final int PAIRS_MAX = 1_000;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .configure(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW, false)
                    .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
                    .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** How a payload is written. */
    enum Kind {
        JSON,
        TEXT,
        KEYVALUE,
        XML,
        FORM,
        SPARKPLUG;

        static Optional<Kind> ofWire(String wire) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(wire)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** A payload that is not what it should be. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Decoded.Rejected rejected;

        Unreadable(Refusal refusal, String detail) {
            super(detail, null, false, false);
            this.rejected = refusal.because(detail);
        }

        Decoded.Rejected rejected() {
            return rejected;
        }
    }

    private PayloadTree() {}

    static JsonNode read(Kind kind, byte[] payload) throws Unreadable {
        if (kind == Kind.SPARKPLUG && payload.length > 0 && payload[0] != '{') {
            return SparkplugTree.read(payload);
        }
        List<byte[]> parts = Multipart.parts(payload, kind);
        return parts.size() == 1 ? one(kind, parts.get(0)) : several(kind, parts);
    }

    /** Several events in one body: those that can be read, as a list; the first's trouble where none can. */
    private static JsonNode several(Kind kind, List<byte[]> parts) throws Unreadable {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Optional<Unreadable> trouble = Optional.empty();
        for (byte[] part : parts) {
            try {
                JsonNode read = one(kind, part);
                if (!read.isEmpty()) {
                    all.add(read);
                }
            } catch (Unreadable e) {
                trouble = trouble.isPresent() ? trouble : Optional.of(e);
            }
        }
        if (all.isEmpty()) {
            throw trouble.orElseGet(() -> new Unreadable(Refusal.MALFORMED, "none of the parts can be read"));
        }
        return all.size() == 1 ? all.get(0) : all;
    }

    private static JsonNode one(Kind kind, byte[] bytes) throws Unreadable {
        if (!JsonBytes.isUtf8(bytes)) {
            throw new Unreadable(Refusal.NOT_UTF8, "the payload is not UTF-8");
        }
        return switch (kind) {
            case JSON, SPARKPLUG -> json(bytes);
            case XML -> XmlTree.read(bytes);
            case TEXT -> JsonNodeFactory.instance.textNode(new String(bytes, StandardCharsets.UTF_8).strip());
            case KEYVALUE -> keyValue(new String(bytes, StandardCharsets.UTF_8));
            case FORM -> form(new String(bytes, StandardCharsets.UTF_8));
        };
    }

    private static JsonNode json(byte[] bytes) throws Unreadable {
        if (JsonBytes.hasZero(bytes)) {
            throw new Unreadable(Refusal.NOT_JSON, "the payload has a zero byte");
        }
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node.isMissingNode()) {
                throw new Unreadable(Refusal.NOT_JSON, "the payload is empty");
            }
            return node;
        } catch (IOException e) {
            throw new Unreadable(Refusal.NOT_JSON, "the payload is not one JSON value");
        }
    }

    /** {@code key=value} pairs between {@code ; & , } and line ends; a value that begins a JSON object is one to its end. */
    private static JsonNode keyValue(String text) throws Unreadable {
        ObjectNode pairs = JsonNodeFactory.instance.objectNode();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String key = text.substring(at, equals).strip();
            int from = equals + 1;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
            if (from < text.length() && text.charAt(from) == '{') {
                int end = text.lastIndexOf('}') + 1;
                if (end <= from) {
                    throw new Unreadable(Refusal.MALFORMED, "the object under " + clean(key) + " has no end");
                }
                put(pairs, key, json(text.substring(from, end).getBytes(StandardCharsets.UTF_8)));
                at = end;
            } else {
                int end = from;
                while (end < text.length() && ";&,\r\n".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                put(pairs, key, JsonNodeFactory.instance.textNode(text.substring(from, end).strip()));
                at = end;
            }
            while (at < text.length() && ";&,\r\n ".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
        if (pairs.isEmpty()) {
            throw new Unreadable(Refusal.MALFORMED, "the payload has no key=value");
        }
        return pairs;
    }

    private static JsonNode form(String text) throws Unreadable {
        String body = text.strip();
        if (body.startsWith("{") || body.startsWith("[")) {
            return json(body.getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode pairs = JsonNodeFactory.instance.objectNode();
        for (String pair : body.split("&", PAIRS_MAX)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new Unreadable(Refusal.MALFORMED, "the payload is no form of key=value");
            }
            try {
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                put(pairs, URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8), value.startsWith("{")
                        ? json(value.getBytes(StandardCharsets.UTF_8))
                        : JsonNodeFactory.instance.textNode(value));
            } catch (IllegalArgumentException e) {
                throw new Unreadable(Refusal.MALFORMED, "the form has a broken % sign");
            }
        }
        return pairs.size() == 1 && pairs.hasNonNull("json") ? pairs.get("json") : pairs;
    }

    private static void put(ObjectNode pairs, String key, JsonNode value) throws Unreadable {
        if (key.isEmpty() || pairs.size() >= PAIRS_MAX || pairs.has(key)) {
            throw new Unreadable(Refusal.MALFORMED, "a key is empty or there twice, or there are too many");
        }
        pairs.set(key, value);
    }

    private static String clean(String key) {
        return key.substring(0, Math.min(key.length(), 32)).replaceAll("[^\\p{L}\\p{N}._ -]", "?");
    }
}
