package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Fields.Problems;
import java.util.function.UnaryOperator;

/** Takes the passwords out of a site's content: a keyed hash stands in their place, so that no journal holds one. */
final class SiteSecrets {
    private SiteSecrets() {}

    static JsonNode hide(JsonNode site, UnaryOperator<String> hash, Problems problems) {
        JsonNode copy = site.deepCopy();
        JsonNode devices = copy.path("devices");
        for (int i = 0; i < devices.size(); i++) {
            if (devices.path(i).path("hj212") instanceof ObjectNode hj212) {
                hide(hj212, "$.devices[" + i + "].hj212", hash, problems);
            }
        }
        return copy;
    }

    private static void hide(ObjectNode hj212, String path, UnaryOperator<String> hash, Problems problems) {
        if (hj212.has("passwordHash")) {
            problems.add(path + ".passwordHash", "is not written in a file; write password");
        }
        JsonNode password = hj212.remove("password");
        if (password == null || password.isNull()) {
            return;
        }
        if (!password.isTextual() && !(password.isNumber() && password.asText().matches("[0-9]+"))) {
            problems.add(path + ".password", "wants a text; put it in quotes");
            return;
        }
        hj212.put("passwordHash", hash.apply(password.asText()));
    }
}
