package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What must hold of one place of a payload for a mapping to apply. */
record Condition(Scope.Place place, Test test, List<String> words, double number) {
    /** The ways to ask. */
    enum Test {
        EXISTS,
        ABSENT,
        /** Is one of the words. */
        IS,
        IS_NOT,
        STARTS,
        CONTAINS,
        ABOVE
    }

    Condition {
        words = List.copyOf(words);
    }

    boolean holds(Scope scope) {
        Optional<JsonNode> there = scope.first(place);
        if (test == Test.EXISTS || test == Test.ABSENT) {
            return there.isPresent() == (test == Test.EXISTS);
        }
        if (there.isEmpty() || !there.get().isValueNode()) {
            return test == Test.IS_NOT;
        }
        String said = there.get().asText();
        return switch (test) {
            case IS -> words.contains(said);
            case IS_NOT -> !words.contains(said);
            case STARTS -> words.stream().anyMatch(said::startsWith);
            case CONTAINS -> words.stream().anyMatch(said::contains);
            default -> FieldSource.number(there.get()).stream().anyMatch(n -> n > number);
        };
    }
}
