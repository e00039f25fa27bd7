package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping can see while it reads one element of one payload.
 *
 * @param key under which the element stands in the payload, empty where it is the payload itself
 * @param levels the named levels of the topic
 */
record Scope(JsonNode root, JsonNode element, String key, Map<String, String> levels) {
    private static final int FOUND_MAX = 100;
    private static final String LEVEL = "$topic.";
    private static final String KEY = "$key";

    /** A place that can be seen: a path, {@code $topic.NAME} for a level of the topic, or {@code $key}. */
    record Place(String text, Optional<JsonPath> path) {
        static Place of(String text) {
            boolean own = text.startsWith(LEVEL) || text.equals(KEY);
            return new Place(text, own ? Optional.empty() : Optional.of(JsonPath.of(text)));
        }
    }

    /** The first value that is there. */
    Optional<JsonNode> first(Place place) {
        if (place.path().isPresent()) {
            return place.path().get().first(root, element);
        }
        String said = place.text().equals(KEY) ? key : levels.get(place.text().substring(LEVEL.length()));
        return Optional.ofNullable(said).map(JsonNodeFactory.instance::textNode);
    }

    List<JsonNode> all(Place place) {
        return place.path()
                .map(path -> path.all(root, element, FOUND_MAX))
                .orElseGet(() -> new ArrayList<>(first(place).stream().toList()));
    }
}
