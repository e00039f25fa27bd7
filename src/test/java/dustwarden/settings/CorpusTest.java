package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.SiteReader;
import dustwarden.settings.Settings.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Good files read without a problem; bad ones give exactly the lines that stand in their own comments. */
class CorpusTest {
    private static final Path ROOT = Path.of("src/test/resources");

    @TestFactory
    Stream<DynamicTest> settings() throws IOException {
        return corpus("settings", path -> SettingsLoader.load(
                Purpose.CHECK, Optional.of(path), Map.of(), List.of()).problems());
    }

    @TestFactory
    Stream<DynamicTest> sites() throws IOException {
        return corpus("register", path -> {
            YamlFile file = YamlFile.read(path);
            List<String> all = new ArrayList<>(file.problems());
            Problems problems = new Problems();
            Content content =
                    Content.of("site", "x", SiteSecrets.hide(file.json(), p -> "hash", problems));
            SiteReader.read(content.parsed(), content.sha256(), problems);
            problems.all().forEach(p -> all.add(file.at(p)));
            return all;
        });
    }

    @TestFactory
    Stream<DynamicTest> rulebooks() throws IOException {
        return corpus("rulebooks", path -> RulebookFiles.read(List.of(path)).problems());
    }

    private static Stream<DynamicTest> corpus(String folder, Function<Path, List<String>> problems) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path path : Shipped.inDirectory(ROOT.resolve(folder).resolve("good"))) {
            tests.add(dynamicTest(folder + "/good/" + path.getFileName(),
                    () -> assertEquals(List.of(), problems.apply(path))));
        }
        for (Path path : Shipped.inDirectory(ROOT.resolve(folder).resolve("bad"))) {
            tests.add(dynamicTest(folder + "/bad/" + path.getFileName(), () -> expect(path, problems.apply(path))));
        }
        assertTrue(tests.size() > 4, "the corpus is there");
        return tests.stream();
    }

    private static void expect(Path path, List<String> problems) throws IOException {
        String expected = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("#> "))
                .map(line -> line.substring(3))
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
        String got = problems.stream()
                .map(p -> p.replace(path.toString(), ""))
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
        assertEquals(expected, got);
        assertFalse(got.contains("hidden-token"), "a secret is never told");
    }
}
