package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.decode.Condition.Test;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what must hold of a place: a word or a list of words that it is one of, or one of {@code {exists: true}},
 * {@code {not: …}}, {@code {starts: …}}, {@code {contains: …}}, {@code {above: 5}}.
 */
final class ConditionReader {
    private ConditionReader() {}

    static Condition read(Scope.Place place, JsonNode node, String path, Problems problems) {
        if (!node.isObject()) {
            return new Condition(place, Test.IS, words(node, path, problems), 0);
        }
        Fields fields = new Fields(node, path, problems);
        Condition read;
        if (fields.has("exists")) {
            read = new Condition(place, fields.flag("exists", true) ? Test.EXISTS : Test.ABSENT, List.of(), 0);
        } else if (fields.has("above")) {
            read = new Condition(place, Test.ABOVE, List.of(), fields.number("above"));
        } else if (fields.has("not")) {
            read = words(place, Test.IS_NOT, "not", fields);
        } else if (fields.has("starts")) {
            read = words(place, Test.STARTS, "starts", fields);
        } else if (fields.has("contains")) {
            read = words(place, Test.CONTAINS, "contains", fields);
        } else {
            throw new IllegalArgumentException("wants a word, a list of words, or one of exists, not, starts, contains, above");
        }
        fields.done();
        return read;
    }

    private static Condition words(Scope.Place place, Test test, String key, Fields fields) {
        return new Condition(
                place, test, words(fields.raw(key).orElseThrow(), fields.path() + "." + key, fields.problems()), 0);
    }

    private static List<String> words(JsonNode node, String path, Problems problems) {
        List<String> words = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> words.addAll(words(each, path, problems)));
        } else if (node.isValueNode() && !node.isNull()) {
            words.add(node.asText());
        } else {
            problems.add(path, "wants a word or a list of words");
        }
        return words;
    }
}
