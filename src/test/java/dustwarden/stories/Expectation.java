package dustwarden.stories;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * What a decision must look like. {@code at} is exact to a second, {@code between} has both ends; {@code reason} is one
 * of the codes, {@code reasons} all of them; {@code rule: none} asks for the item's own line; {@code has} and
 * {@code lacks} name fields; {@code params} are those of any one reason; other fields are compared as written.
 */
record Expectation(JsonNode wanted, StoryTime time) {
    private static final long SLACK_MS = 1_000;

    boolean matches(JsonNode decision) {
        for (Map.Entry<String, JsonNode> field : (Iterable<Map.Entry<String, JsonNode>>) wanted::fields) {
            if (!matches(field.getKey(), field.getValue(), decision)) {
                return false;
            }
        }
        return true;
    }

    static long at(JsonNode decision) {
        return OffsetDateTime.parse(decision.path("at").asText()).toInstant().toEpochMilli();
    }

    private boolean matches(String key, JsonNode value, JsonNode decision) {
        switch (key) {
            case "at":
                return Math.abs(at(decision) - time.at(value.asText())) <= SLACK_MS;
            case "between":
                return at(decision) >= time.at(value.get(0).asText()) - SLACK_MS
                        && at(decision) <= time.at(value.get(1).asText()) + SLACK_MS;
            case "rule":
                return value.asText().equals("none") ? !decision.has("rule") : decision.path("rule").asText().equals(value.asText());
            case "reason":
                if (!decision.path("reasons").isArray()) {
                    return decision.path("reason").asText().equals(value.asText());
                }
                return codes(decision).contains(value.asText());
            case "without":
                return !codes(decision).contains(value.asText());
            case "reasons":
                return codes(decision).equals(sorted(value));
            case "params":
                return streams(decision.path("reasons")).anyMatch(reason -> contains(reason.path("params"), value));
            case "has":
                return streams(value).allMatch(name -> decision.hasNonNull(name.asText()));
            case "lacks":
                return streams(value).noneMatch(name -> decision.hasNonNull(name.asText()));
            case "from", "to", "start", "raisedAt":
                return decision.has(key)
                        && Math.abs(OffsetDateTime.parse(decision.get(key).asText()).toInstant().toEpochMilli()
                                - time.at(value.asText())) <= SLACK_MS;
            default:
                return same(decision.path(key), value);
        }
    }

    private static boolean contains(JsonNode params, JsonNode wanted) {
        for (Map.Entry<String, JsonNode> field : (Iterable<Map.Entry<String, JsonNode>>) wanted::fields) {
            if (!same(params.path(field.getKey()), field.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(JsonNode found, JsonNode wanted) {
        if (wanted.isObject()) {
            return contains(found, wanted);
        }
        if (wanted.isNumber()) {
            return found.isNumber() && Math.abs(found.asDouble() - wanted.asDouble()) <= 1e-4;
        }
        return !found.isMissingNode() && found.asText().equals(wanted.asText());
    }

    static List<String> codes(JsonNode decision) {
        return streams(decision.path("reasons")).map(reason -> reason.path("code").asText()).distinct().sorted().toList();
    }

    private static List<String> sorted(JsonNode codes) {
        return streams(codes).map(JsonNode::asText).sorted().toList();
    }

    private static java.util.stream.Stream<JsonNode> streams(JsonNode nodes) {
        return java.util.stream.StreamSupport.stream(nodes.spliterator(), false);
    }
}
