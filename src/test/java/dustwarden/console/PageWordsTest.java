package dustwarden.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages have the same words in both languages; those of reasons are the server's. */
class PageWordsTest {
    private static final Path WORDS = Path.of("src/main/resources/web/app/words");
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
    void bothLanguagesHaveTheSameWords() throws IOException {
        assertEquals(found(KEY, WORDS.resolve("zh.js")), found(KEY, WORDS.resolve("en.js")));
    }
}
