package dustwarden.console;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;

/** Reads {@code openapi.yaml} as the router takes it: what is asked, without answers and logins. */
final class Contract {
    static final String FILE = "openapi.yaml";

    private Contract() {}

    static Future<OpenAPIContract> load(Vertx vertx) {
        return vertx.fileSystem()
                .readFile(FILE)
                .compose(yaml -> vertx.executeBlocking(() -> parsed(yaml.getBytes())))
                .compose(json -> vertx.executeBlocking(() -> OpenAPIContract.from(vertx, json)))
                .compose(contract -> contract);
    }

    private static JsonObject parsed(byte[] yaml) throws java.io.IOException {
        JsonObject json = new JsonObject(new YAMLMapper().readValue(yaml, new TypeReference<Map<String, Object>>() {}));
        json.getJsonObject("paths").forEach(path -> askedOnly((JsonObject) path.getValue()));
        json.remove("security");
        json.getJsonObject("components").remove("responses");
        return json;
    }

    // The router refuses a contract with media types it cannot check, problem+json and event streams among them,
    // though it never checks an answer. Logins are checked before it, for every address alike.
    private static void askedOnly(JsonObject path) {
        for (Map.Entry<String, Object> entry : path) {
            JsonObject operation = (JsonObject) entry.getValue();
            operation.remove("security");
            operation.put("responses", new JsonObject().put("default", new JsonObject().put("description", "")));
        }
    }
}
