package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.model.CanonicalJson;

/**
 * A piece of content that judges, as canonical JSON under its hash.
 *
 * @param kind {@code site}, {@code rulebook}, {@code profile} or {@code settings}
 * @param name its id
 * @param json canonical JSON without any secret
 * @param sha256 hex of {@code json}
 */
public record Content(String kind, String name, String json, String sha256) {
    static Content of(String kind, String name, JsonNode json) {
        String text = CanonicalJson.text(json);
        return new Content(kind, name, text, CanonicalJson.sha256(text));
    }

    JsonNode parsed() {
        return CanonicalJson.parse(json);
    }

    public ContentRef ref() {
        return new ContentRef(kind, name, sha256);
    }
}
