package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.RulebookExtension;
import dustwarden.core.rule.RulebookReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {
    @Test
    void everyShippedSiteReads() throws IOException {
        for (Path path : yaml("devices/sites")) {
            YamlFile file = YamlFile.read(path.toString(), Files.readAllBytes(path));
            Problems problems = new Problems();
            Optional<Site> site = SiteReader.read(file.json(), CanonicalJson.hash(file.json()), problems);
            assertEquals(List.of(), problems.all(), path.toString());
            assertEquals(path.getFileName().toString(), site.orElseThrow().id() + ".yaml");
        }
    }

    @Test
    void everyShippedRulebookReads() throws IOException {
        Map<String, JsonNode> known = new HashMap<>();
        for (Path path : yaml("devices/rulebooks")) {
            YamlFile file = YamlFile.read(path.toString(), Files.readAllBytes(path));
            assertEquals(List.of(), file.problems());
            known.put(file.json().path("rulebook").asText(), file.json());
            assertEquals(path.getFileName().toString(), file.json().path("rulebook").asText() + ".yaml");
        }
        known.forEach((id, json) -> {
            Problems problems = new Problems();
            JsonNode flat = RulebookExtension.flatten(json, known, problems);
            Optional<Rulebook> book = RulebookReader.read(flat, CanonicalJson.hash(flat), problems);
            assertEquals(List.of(), problems.all(), id);
            assertTrue(book.orElseThrow().rules().size() > 0, id);
        });
    }

    @Test
    void henanSevenServesTheSevenItemsAndRestrictions() throws IOException {
        Path path = Path.of("devices/rulebooks/henan-seven.yaml");
        YamlFile file = YamlFile.read(path.toString(), Files.readAllBytes(path));
        JsonNode flat = RulebookExtension.flatten(file.json(), Map.of(), new Problems());
        Rulebook book = RulebookReader.read(flat, "h", new Problems()).orElseThrow();
        assertEquals(
                new TreeSet<>(List.of(
                        "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video",
                        "restrictions")),
                book.rules().stream().map(r -> r.head().item()).collect(Collectors.toCollection(TreeSet::new)));
        assertTrue(book.rules().stream().allMatch(r -> r.head().id().startsWith("henan-seven/")));
    }

    private static List<Path> yaml(String folder) throws IOException {
        try (var files = Files.list(Path.of(folder))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }
}
