package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a payload: {@code a.b[0].c}, {@code a[kind=SDS_P1].value} for the first object with that key,
 * {@code a[name~pm25].value} for one whose name ends in that level, case and separators aside, {@code *} for any key or
 * element, {@code *!A!B} for any key but those, {@code 'a.b'} for a key with a dot; {@code $} alone is the payload
 * itself. A path that begins with {@code /} starts at the payload, any other at the element that is being read.
 */
record JsonPath(String text, boolean fromRoot, List<Step> steps) {
    private static final int CHARS_MAX = 200;
    private static final int STEPS_MAX = 16;
    private static final int ANY_MAX = 2;

    /** One step down. */
    sealed interface Step {}

    /** To the value of a key. */
    record Key(String name) implements Step {}

    /** To every value or element, but for those under certain keys. */
    record Any(Set<String> but) implements Step {
        Any {
            but = Set.copyOf(but);
        }
    }

    /** To every element of a list; of what is no list, to itself, since one element of XML looks like none. */
    record Each() implements Step {}

    /** To one element, from 0. */
    record At(int index) implements Step {}

    /**
     * To every element, or the object itself, whose value under a path of keys is this text.
     *
     * @param loosely whether only the letters and digits behind the last {@code /} count, in lower case
     */
    record Where(List<String> keys, String value, boolean loosely) implements Step {
        Where {
            keys = List.copyOf(keys);
        }

        boolean holds(JsonNode node) {
            JsonNode at = node;
            for (String key : keys) {
                at = at == null ? null : at.get(key);
            }
            if (at == null || !at.isValueNode()) {
                return false;
            }
            return loosely ? isLoosely(at.asText()) : at.asText().equals(value);
        }

        private boolean isLoosely(String text) {
            int matched = 0;
            for (int i = text.lastIndexOf('/') + 1; i < text.length(); i++) {
                char c = Character.toLowerCase(text.charAt(i));
                if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                    if (matched == value.length() || value.charAt(matched) != c) {
                        return false;
                    }
                    matched++;
                }
            }
            return matched == value.length();
        }
    }

    JsonPath {
        steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException with a sentence for people where the text is no path */
    static JsonPath of(String text) {
        if (text.length() > CHARS_MAX) {
            throw new IllegalArgumentException("is longer than " + CHARS_MAX + " characters");
        }
        JsonPath path = new JsonPathParser(text).parse();
        if (path.steps.size() > STEPS_MAX) {
            throw new IllegalArgumentException("has more than " + STEPS_MAX + " steps: " + text);
        }
        if (path.steps.stream().filter(s -> !(s instanceof Key || s instanceof At)).count() > ANY_MAX) {
            throw new IllegalArgumentException("has more than " + ANY_MAX + " steps that search: " + text);
        }
        return path;
    }

    /** The first value there that is not null. */
    Optional<JsonNode> first(JsonNode root, JsonNode element) {
        List<JsonNode> found = new ArrayList<>(1);
        walk(fromRoot ? root : element, 0, 1, found);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** All values there that are not null, at most {@code max}. */
    List<JsonNode> all(JsonNode root, JsonNode element, int max) {
        List<JsonNode> found = new ArrayList<>();
        walk(fromRoot ? root : element, 0, max, found);
        return found;
    }

    private void walk(JsonNode node, int at, int max, List<JsonNode> found) {
        if (found.size() >= max || node == null || node.isNull() || node.isMissingNode()) {
            return;
        }
        if (at == steps.size()) {
            found.add(node);
            return;
        }
        Step step = steps.get(at);
        if (step instanceof Key key) {
            walk(node.get(key.name()), at + 1, max, found);
        } else if (step instanceof At index) {
            // One element of XML looks like no list at all.
            JsonNode there = !node.isArray() && index.index() == 0 ? node : node.get(index.index());
            walk(there, at + 1, max, found);
        } else if (step instanceof Each && !node.isArray()) {
            walk(node, at + 1, max, found);
        } else if (step instanceof Where where && node.isObject()) {
            if (where.holds(node)) {
                walk(node, at + 1, max, found);
            }
        } else {
            Iterator<String> names = node.fieldNames();
            for (Iterator<JsonNode> each = node.elements(); each.hasNext() && found.size() < max; ) {
                JsonNode child = each.next();
                String name = names.hasNext() ? names.next() : "";
                if (step instanceof Where where ? where.holds(child) : !isLeftOut(step, name)) {
                    walk(child, at + 1, max, found);
                }
            }
        }
    }

    private static boolean isLeftOut(Step step, String name) {
        return step instanceof Any any && any.but().contains(name);
    }

    /** The values there, each with the key or number that the first searching step found it under. */
    List<Map.Entry<String, JsonNode>> entries(JsonNode root, int max) {
        List<Map.Entry<String, JsonNode>> found = new ArrayList<>();
        spread(root, 0, "", max, found);
        return found;
    }

    private void spread(JsonNode node, int at, String key, int max, List<Map.Entry<String, JsonNode>> found) {
        if (at == steps.size() || !(steps.get(at) instanceof Any)) {
            int next = at;
            while (next < steps.size() && !(steps.get(next) instanceof Any)) {
                next++;
            }
            List<JsonNode> there = new JsonPath(text, fromRoot, steps.subList(at, next)).all(node, node, max);
            for (JsonNode each : there) {
                if (next == steps.size()) {
                    found.add(Map.entry(key, each));
                } else {
                    spread(each, next, key, max, found);
                }
            }
            return;
        }
        int number = 0;
        Iterator<String> names = node.fieldNames();
        for (Iterator<JsonNode> each = node.elements(); each.hasNext() && found.size() < max; number++) {
            JsonNode child = each.next();
            String name = names.hasNext() ? names.next() : Integer.toString(number);
            if (!isLeftOut(steps.get(at), name)) {
                spread(child, at + 1, key.isEmpty() ? name : key, max, found);
            }
        }
    }
}
