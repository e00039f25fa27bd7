package dustwarden.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason that passages, duties and bans give can be said in both languages. */
class JudgeWordsTest {
    private static final Pattern CODE = Pattern.compile("(?:Reason\\.of|Optional\\.of|new Reason)\\(\"([a-z-]+)\"");
    private static final Path JUDGES = Path.of("src/main/java/dustwarden/core/judge");

    @Test
    void everyCodeHasAChineseAndAnEnglishSentence() throws IOException {
        JsonNode words;
        try (InputStream file = getClass().getResourceAsStream("/reasons.yaml")) {
            words = new ObjectMapper(new YAMLFactory()).readTree(file);
        }
        TreeSet<String> wordless = new TreeSet<>();
        try (Stream<Path> files = Files.list(JUDGES)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("(Passage|Gate|Duty|Ban).*|Silence.*")).toList()) {
                Matcher code = CODE.matcher(Files.readString(file));
                while (code.find()) {
                    JsonNode both = words.path(code.group(1));
                    if (both.path("zh").asText().isBlank() || both.path("en").asText().isBlank()) {
                        wordless.add(code.group(1));
                    }
                }
            }
        }
        assertEquals(new TreeSet<String>(), wordless);
    }
}
