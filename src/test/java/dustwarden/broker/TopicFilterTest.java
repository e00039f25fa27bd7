package dustwarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "a/#, a, true",
        "a/#, a/b, true",
        "a/#, a/b/#, true",
        "a/#, a/+/c, true",
        "a/#, ab, false",
        "a/#, #, false",
        "a/#, +/b, false",
        "a/+, a/b, true",
        "a/+, a/+, true",
        "a/+, a/#, false",
        "a/+, a, false",
        "a/+, a/b/c, false",
        "a/b, a/b, true",
        "a/b, a/+, false",
        "+/b, a/b, true",
        "#, #, true",
        "#, a/b, true",
        "a//b, a//b, true",
        "a//b, a/b, false",
        "a, /a, false",
    })
    void coversWhatItMatchesAndNoMore(String filter, String other, boolean covered) {
        assertEquals(covered, TopicFilter.of(filter).covers(TopicFilter.of(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#", "#/a", "a/#/b", "a+", "+a/b", "a/##"})
    void refusesAWildcardOutOfPlace(String filter) {
        assertThrows(IllegalArgumentException.class, () -> TopicFilter.of(filter));
    }

    @Test
    void refusesAnEmptyFilter() {
        assertThrows(IllegalArgumentException.class, () -> TopicFilter.of(""));
    }
}
