package dustwarden.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason that a judge gives can be said in both languages; stories check the sentences against what they fill in. */
class JudgeWordsTest {
    /** A code goes straight into a reason, or is handed on as a word with hyphens of its own. */
    private static final Pattern CODE = Pattern.compile(
            "(?:Reason\\.of|Optional\\.of|new Reason)\\(\\s*\"([a-z-]+)\"|(?<!\\.of\\()\"([a-z]+(?:-[a-z]+)+)\"");
    /** Words with hyphens that are no codes: values of parameters. */
    private static final Set<String> NO_CODES = Set.of("not-recording", "verification-expired", "within-margin");
    private static final Path JUDGES = Path.of("src/main/java/dustwarden/core/judge");

    @Test
    void everyCodeHasAChineseAndAnEnglishSentence() throws IOException {
        JsonNode words;
        try (InputStream file = getClass().getResourceAsStream("/reasons.yaml")) {
            words = new ObjectMapper(new YAMLFactory()).readTree(file);
        }
        TreeSet<String> wordless = new TreeSet<>();
        try (Stream<Path> files = Files.list(JUDGES)) {
            for (Path file : files.toList()) {
                Matcher code = CODE.matcher(Files.readString(file));
                while (code.find()) {
                    String name = code.group(1) != null ? code.group(1) : code.group(2);
                    JsonNode both = words.path(name);
                    boolean silent = both.path("zh").path(0).asText().isBlank() || both.path("en").path(0).asText().isBlank();
                    if (silent && !NO_CODES.contains(name)) {
                        wordless.add(name);
                    }
                }
            }
        }
        assertEquals(new TreeSet<String>(), wordless);
    }
}
