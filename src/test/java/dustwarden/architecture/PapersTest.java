package dustwarden.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.honesty.DoubtKind;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What stands beside the code says what the code says: words for reasons, dependencies, the files that ship. */
class PapersTest {
    private static final Pattern GIVEN = Pattern.compile("Reason\\.of\\(\\s*\"([a-z0-9-]+)\"");
    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)}");

    private final JsonNode reasons;

    PapersTest() throws IOException {
        reasons = new YAMLMapper().readTree(Files.readAllBytes(Path.of("src/main/resources/reasons.yaml")));
    }

    @Test
    void everyReasonOfTheCoreHasWordsInBothLanguages() {
        Set<String> missing = new TreeSet<>();
        Sources.under(Sources.MAIN).stream().filter(s -> s.room().startsWith("core")).forEach(source -> {
            Matcher given = GIVEN.matcher(String.join("\n", source.lines()));
            while (given.find()) {
                if (!reasons.has(given.group(1))) {
                    missing.add(given.group(1));
                }
            }
        });
        for (DoubtKind doubt : DoubtKind.values()) {
            if (!reasons.has(doubt.reason())) {
                missing.add(doubt.reason());
            }
        }
        assertEquals(Set.of(), missing, "reasons without words in reasons.yaml");
    }

    @Test
    void bothLanguagesOfAReasonSpeakOfTheSameParameters() {
        List<String> wrong = new ArrayList<>();
        reasons.fields().forEachRemaining(reason -> {
            JsonNode zh = reason.getValue().path("zh");
            JsonNode en = reason.getValue().path("en");
            for (int part = 0; part < 3; part++) {
                Set<String> ofZh = parameters(zh.path(part).asText());
                Set<String> ofEn = parameters(en.path(part).asText());
                if (!ofZh.equals(ofEn) || zh.path(part).asText().isBlank() != en.path(part).asText().isBlank() || zh.isEmpty()) {
                    wrong.add(reason.getKey() + ": " + ofZh + " and " + ofEn);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    private static Set<String> parameters(String sentence) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = BRACES.matcher(sentence);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void everyDependencyStandsInTheReadme() throws Exception {
        String readme = Sources.text(Path.of("README.md"));
        NodeList dependencies = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile()).getElementsByTagName("dependency");
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            String artifact = ((Element) dependencies.item(i)).getElementsByTagName("artifactId").item(0).getTextContent();
            if (!readme.contains("`" + artifact + "`")) {
                missing.add(artifact);
            }
        }
        assertFalse(dependencies.getLength() == 0, "no dependencies found in pom.xml");
        assertEquals(List.of(), missing, "dependencies without a line in the README's table");
    }

    @Test
    void whatShipsLoadsWithoutAProblem() {
        Checked<Contents> loaded = ContentLoader.load(
                new ContentSources(Optional.empty(), Optional.empty(), Optional.empty(), true, ContentSources.ZONE,
                        Optional.empty(), false),
                password -> password);
        assertEquals(List.of(), loaded.problems());
        assertEquals(List.of("sjz-changan-01", "xx-hongqi-01", "zz-jinshui-02"),
                loaded.value().orElseThrow().sites().stream().map(s -> s.id()).sorted().toList());
    }
}
