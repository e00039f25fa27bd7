package dustwarden.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** One text for one JSON value: keys sorted, no spaces, numbers without needless digits; its SHA-256 names the content. */
public final class CanonicalJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CanonicalJson() {}

    public static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    /** Reads canonical or any other JSON text. */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("content is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** SHA-256 in hex of the canonical text. */
    public static String hash(JsonNode node) {
        return sha256(text(node));
    }

    /** SHA-256 in hex of a text in UTF-8. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The first 16 hex digits of the SHA-256 of a text in UTF-8, the form of ids of alarms and final verdicts. */
    public static String shortId(String text) {
        return sha256(text).substring(0, 16);
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.fields().forEachRemaining(e -> sorted.put(e.getKey(), e.getValue()));
            String comma = "{";
            for (Map.Entry<String, JsonNode> e : sorted.entrySet()) {
                out.append(comma).append(JsonNodeFactory.instance.textNode(e.getKey())).append(':');
                write(e.getValue(), out);
                comma = ",";
            }
            out.append(sorted.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String comma = "[";
            for (JsonNode each : node) {
                out.append(comma);
                write(each, out);
                comma = ",";
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isNumber()) {
            BigDecimal value = node.decimalValue().stripTrailingZeros();
            out.append(value.signum() == 0 ? "0" : value.toPlainString());
        } else {
            out.append(node);
        }
    }
}
