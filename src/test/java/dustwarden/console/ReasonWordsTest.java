package dustwarden.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dustwarden.core.honesty.DoubtKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the core gives as a reason, the pages say in both languages. */
class ReasonWordsTest {
    private static final Path WORDS = Path.of("src/main/resources/web/app/words");
    private static final Pattern SENTENCE = Pattern.compile("(?m)^  '?([a-z-]+)'?: \\{ say: '");
    private static final Pattern GIVEN = Pattern.compile("Reason\\.of\\(\\s*\"([a-z-]+)\"");
    private static final Pattern KEY = Pattern.compile("(?:^\\s*|[{,] )'?([A-Za-z][\\w-]*)'?: ", Pattern.MULTILINE);

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        assertFalse(found.isEmpty(), "nothing found in " + file);
        return found;
    }

    @Test
    void bothLanguagesHaveTheSameSentences() throws IOException {
        assertEquals(found(SENTENCE, WORDS.resolve("reasons-zh.js")), found(SENTENCE, WORDS.resolve("reasons-en.js")));
    }

    @Test
    void bothLanguagesHaveTheSameWords() throws IOException {
        assertEquals(found(KEY, WORDS.resolve("zh.js")), found(KEY, WORDS.resolve("en.js")));
    }

    @Test
    void everyReasonOfTheCoreHasASentence() throws IOException {
        Set<String> given = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dustwarden/core"))) {
            for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                Matcher matcher = GIVEN.matcher(Files.readString(source));
                while (matcher.find()) {
                    given.add(matcher.group(1));
                }
            }
        }
        assertFalse(given.isEmpty(), "the core gives no reasons");
        Stream.of(DoubtKind.values()).map(DoubtKind::reason).forEach(given::add);
        given.removeAll(found(SENTENCE, WORDS.resolve("reasons-zh.js")));
        assertEquals(Set.of(), given);
    }
}
