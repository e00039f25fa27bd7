package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule that ships leads to the text that it rests on, also those that a rulebook takes over. */
class ShippedCitationsTest {
    private static List<RulebookFiles.Flat> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("devices/rulebooks"))) {
            Checked<List<RulebookFiles.Flat>> read = RulebookFiles.flat(
                    files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList());
            assertEquals(List.of(), read.problems());
            return read.value().orElseThrow();
        }
    }

    @Test
    void everyRuleHasALinkOrADocumentHash() throws IOException {
        assertFalse(shipped().isEmpty());
        assertEquals(List.of(), shipped().stream()
                .flatMap(read -> read.book().rules().stream())
                .map(rule -> rule.head())
                .filter(head -> !head.citation().traceable())
                .map(head -> head.id())
                .toList());
    }

    @Test
    void everyRuleSaysStandardClauseConfidenceAndSinceWhen() throws IOException {
        assertEquals(List.of(), shipped().stream()
                .flatMap(read -> read.book().rules().stream())
                .map(rule -> rule.head())
                .filter(head -> head.citation().standard().isBlank() || head.citation().clause().isBlank()
                        || head.citation().confidence().isBlank() || head.validFrom().isEmpty())
                .map(head -> head.id())
                .toList());
    }
}
