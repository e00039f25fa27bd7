package dustwarden.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a rulebook flat: what it extends is worked in and its own cases are left out, so that its content stands alone
 * and its hash tells of everything that judges.
 */
public final class RulebookExtension {
    private static final int DEPTH_MAX = 8;

    /** What leads to one text and to no other. */
    private static final List<String> SOURCE = List.of("link", "document", "quotedBy");

    private RulebookExtension() {}

    /**
     * The flat form of a rulebook: rules of the extended one first, overridden by id, those of {@code remove} left out.
     *
     * @param book as written
     * @param known all rulebooks as written, by id
     */
    public static JsonNode flatten(JsonNode book, Map<String, JsonNode> known, Problems problems) {
        return book.isObject() ? flatten((ObjectNode) book, known, problems, DEPTH_MAX) : book;
    }

    private static ObjectNode flatten(ObjectNode book, Map<String, JsonNode> known, Problems problems, int depth) {
        ObjectNode flat = book.deepCopy();
        flat.remove("extends");
        flat.remove("remove");
        flat.remove("cases");
        if (!book.hasNonNull("extends")) {
            if (book.has("remove")) {
                problems.add("$.remove", "needs extends: there is nothing to remove from");
            }
            return flat;
        }
        String parentId = book.get("extends").asText();
        JsonNode parent = known.get(parentId);
        if (parent == null || !parent.isObject()) {
            problems.add("$.extends", "names the rulebook " + parentId + ", which is not known; "
                    + Spelling.advice(parentId, known.keySet()));
            return flat;
        }
        if (depth == 0) {
            problems.add("$.extends", "goes round in a circle or more than " + DEPTH_MAX + " deep");
            return flat;
        }
        ObjectNode base = flatten((ObjectNode) parent, known, problems, depth - 1);
        ObjectNode merged = base.deepCopy();
        merged.setAll(flat);
        merged.set("rules", rules(base, flat, removed(book), problems));
        return merged;
    }

    private static Set<String> removed(ObjectNode book) {
        Set<String> removed = new TreeSet<>();
        book.path("remove").forEach(each -> removed.add(each.asText()));
        return removed;
    }

    private static ArrayNode rules(ObjectNode base, ObjectNode own, Set<String> removed, Problems problems) {
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        base.path("rules").forEach(rule -> byId.put(rule.path("id").asText(), cited(rule, base)));
        for (String id : removed) {
            if (byId.remove(id) == null) {
                problems.add("$.remove", "names the rule " + id + ", which the extended rulebook does not have; "
                        + Spelling.advice(id, byId.keySet()));
            }
        }
        ArrayNode added = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new TreeSet<>();
        for (JsonNode rule : own.path("rules")) {
            String id = rule.path("id").asText();
            JsonNode inherited = byId.get(id);
            if (inherited != null && rule.isObject() && seen.add(id)) {
                byId.put(id, override((ObjectNode) inherited, (ObjectNode) rule));
            } else {
                added.add(rule);
            }
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        byId.values().forEach(all::add);
        return all.addAll(added);
    }

    /** Own keys win; a rule of another kind takes nothing over. */
    private static JsonNode override(ObjectNode inherited, ObjectNode own) {
        if (own.has("kind") && !own.get("kind").equals(inherited.get("kind"))) {
            return own;
        }
        ObjectNode merged = inherited.deepCopy();
        merged.setAll(own);
        return merged;
    }

    /** A rule taken over keeps the citation and dates of the rulebook it comes from. */
    private static JsonNode cited(JsonNode rule, ObjectNode base) {
        if (!rule.isObject()) {
            return rule;
        }
        ObjectNode copy = rule.deepCopy();
        ObjectNode citation = base.path("citation").isObject()
                ? base.get("citation").deepCopy()
                : JsonNodeFactory.instance.objectNode();
        if (copy.path("citation").isObject()) {
            ObjectNode own = (ObjectNode) copy.get("citation");
            if (own.has("standard") || SOURCE.stream().anyMatch(own::has)) {
                citation.remove(SOURCE);
            }
            citation.setAll(own);
        }
        copy.set("citation", citation);
        for (String key : Set.of("validFrom", "validTo")) {
            if (!copy.has(key) && base.has(key)) {
                copy.set(key, base.get(key));
            }
        }
        return copy;
    }
}
