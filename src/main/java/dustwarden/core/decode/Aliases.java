package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names that the last birth certificates of a Sparkplug device gave to aliases; bounded, plain fields, stored with the
 * site's state. A new birth replaces the old one, that of a node those of its devices as well.
 */
public final class Aliases {
    static final int BIRTHS_MAX = 16;
    static final int NAMES_MAX = 1_000;
    static final int NAME_CHARS_MAX = 128;
    private static final String SPACE = "spBv1.0/";

    private final TreeMap<String, TreeMap<Long, String>> births = new TreeMap<>();

    /** Whether a topic is that of a birth certificate. */
    public static boolean isBirth(String topic) {
        return topic.startsWith(SPACE) && (topic.contains("/DBIRTH/") || topic.contains("/NBIRTH/")) && !key(topic).isEmpty();
    }

    /** Takes a birth certificate; one that cannot be read leaves what was known. */
    public void take(String topic, byte[] payload) {
        JsonNode root;
        try {
            root = PayloadTree.read(PayloadTree.Kind.SPARKPLUG, payload);
        } catch (PayloadTree.Unreadable e) {
            return; // told where the message itself is refused
        }
        String key = key(topic);
        if (topic.contains("/NBIRTH/")) {
            births.keySet().removeIf(k -> k.startsWith(key + "/"));
        }
        births.remove(key);
        TreeMap<Long, String> names = new TreeMap<>();
        for (JsonNode metric : root.path("metrics")) {
            String name = metric.path("name").asText();
            if (metric.hasNonNull("alias") && !name.isEmpty() && name.length() <= NAME_CHARS_MAX && names.size() < NAMES_MAX) {
                names.put(metric.get("alias").asLong(), name);
            }
        }
        if (!names.isEmpty() && births.size() < BIRTHS_MAX) {
            births.put(key, names);
        }
    }

    /** What the topic's last birth named; not to be changed. */
    public Map<Long, String> of(String topic) {
        Map<Long, String> names = topic.startsWith(SPACE) ? births.get(key(topic)) : null;
        return names == null ? Map.of() : names;
    }

    /** Whether a payload has metrics by aliases alone that the topic's last birth has not named. */
    public boolean lacks(String topic, byte[] payload) {
        if (!topic.startsWith(SPACE)) {
            return false;
        }
        try {
            JsonNode root = PayloadTree.read(PayloadTree.Kind.SPARKPLUG, payload);
            for (JsonNode metric : root.path("metrics")) {
                if (isUnnamed(metric) && !of(topic).containsKey(metric.get("alias").asLong())) {
                    return true;
                }
            }
        } catch (PayloadTree.Unreadable e) {
            return false;
        }
        return false;
    }

    /** {@code GROUP/NODE[/DEVICE]}, empty where the topic is no such one. */
    private static String key(String topic) {
        String[] levels = topic.split("/", -1);
        return levels.length == 4 ? levels[1] + "/" + levels[3]
                : levels.length == 5 ? levels[1] + "/" + levels[3] + "/" + levels[4]
                : "";
    }

    /** Gives metrics that have only an alias their name. */
    static JsonNode named(JsonNode root, Map<Long, String> names) {
        if (!names.isEmpty()) {
            for (JsonNode metric : root.path("metrics")) {
                String name = isUnnamed(metric) ? names.get(metric.get("alias").asLong()) : null;
                if (name != null) {
                    ((ObjectNode) metric).put("name", name);
                }
            }
        }
        return root;
    }

    /** Tells of metrics whose alias no birth named. */
    static void unnamed(JsonNode root, ProfileNotes notes) {
        for (JsonNode metric : root.path("metrics")) {
            if (isUnnamed(metric)) {
                notes.dropped("alias " + metric.get("alias").asLong(), "no birth certificate that is known gave it a name");
            }
        }
    }

    private static boolean isUnnamed(JsonNode metric) {
        return metric.isObject() && metric.hasNonNull("alias") && metric.path("name").asText().isEmpty();
    }
}
