package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Fields;
import java.util.Optional;

/** Reads a secret without ever showing it in a problem. */
final class Secrets {
    private Secrets() {}

    static Optional<Secret> read(Fields fields, String key) {
        Optional<JsonNode> value = fields.raw(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isTextual()) {
            fields.problem(key, "wants a text; put it in quotes");
            return Optional.empty();
        }
        if (value.get().textValue().isBlank()) {
            fields.problem(key, "is blank");
            return Optional.empty();
        }
        return Optional.of(new Secret(value.get().textValue()));
    }
}
