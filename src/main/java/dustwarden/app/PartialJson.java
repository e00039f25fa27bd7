package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Map;

/** Whether a JSON value says at least what another one says: more keys and more elements are no contradiction. */
final class PartialJson {
    private PartialJson() {}

    /** Numbers compare as numbers, times as instants; elements of a list are found in this order. */
    static boolean says(JsonNode whole, JsonNode part) {
        if (part.isObject()) {
            return whole.isObject() && object(whole, part);
        }
        if (part.isArray()) {
            return whole.isArray() && array(whole, part);
        }
        if (part.isNumber()) {
            return whole.isNumber() && whole.decimalValue().compareTo(part.decimalValue()) == 0;
        }
        if (part.isTextual() && whole.isTextual()) {
            return whole.textValue().equals(part.textValue()) || isSameInstant(whole.textValue(), part.textValue());
        }
        return whole.equals(part);
    }

    private static boolean object(JsonNode whole, JsonNode part) {
        for (Iterator<Map.Entry<String, JsonNode>> all = part.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> field = all.next();
            JsonNode value = whole.path(field.getKey());
            boolean agrees = field.getValue().isNull() ? value.isNull() || value.isMissingNode() : says(value, field.getValue());
            if (!agrees) {
                return false;
            }
        }
        return true;
    }

    private static boolean array(JsonNode whole, JsonNode part) {
        Iterator<JsonNode> rest = whole.iterator();
        for (JsonNode wanted : part) {
            boolean found = false;
            while (rest.hasNext() && !found) {
                found = says(rest.next(), wanted);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSameInstant(String one, String other) {
        try {
            return OffsetDateTime.parse(one).toInstant().equals(OffsetDateTime.parse(other).toInstant());
        } catch (DateTimeException e) {
            return false;
        }
    }
}
