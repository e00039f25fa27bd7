package dustwarden.series;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/** Reads and writes the JSON of the views, without spaces. */
public final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Json() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static ArrayNode array() {
        return JSON.createArrayNode();
    }

    public static JsonNode parse(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("what was stored is not JSON", e);
        }
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("what was stored is not JSON", e);
        }
    }

    /** A JSON object that was stored. */
    public static ObjectNode parseObject(String text) {
        return (ObjectNode) parse(text);
    }

    /** A text under a name; empty where there is none. */
    public static Optional<String> text(JsonNode json, String name) {
        return json.path(name).isTextual() ? Optional.of(json.get(name).textValue()) : Optional.empty();
    }

    /** Strings as the text of an array, as a query takes many. */
    public static String strings(Collection<String> all) {
        ArrayNode array = array();
        all.forEach(array::add);
        return array.toString();
    }

    /** Copies named members that are there, in this order. */
    static void copy(JsonNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.has(name)) {
                to.set(name, from.get(name));
            }
        }
    }
}
