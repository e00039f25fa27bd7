package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.ObservationJson;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of every device profile: each recorded sample under {@code profiles/MAKE/} becomes exactly what its
 * {@code *.expect.json} says, as the profile of that make reads it. With {@code -Dprofiles.write=true} what it becomes
 * is written beside samples that have no expectation yet, for a person to check.
 */
class ProfileSamplesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/profiles");
    private static final String EXPECT = ".expect.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long RECEIVED = Instant.parse("2026-03-14T01:00:00Z").toEpochMilli();

    static List<Path> samples() throws IOException {
        try (var files = Files.walk(SAMPLES, 2)) {
            return files.filter(f -> f.getFileName().toString().endsWith(EXPECT)).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void becomesWhatIsExpected(Path expected) throws IOException {
        JsonNode wanted = JSON.readTree(expected.toFile());
        Path sample = expected.resolveSibling(wanted.get("sample").asText());
        Optional<String> topic = Optional.ofNullable(wanted.get("topic")).map(JsonNode::asText);
        ArrayNode answers = answers(
                ProfileDecoder.decodeAlone(profile(expected), topic, Files.readAllBytes(sample), RECEIVED));
        if (!wanted.has("answers") && Boolean.getBoolean("profiles.write")) {
            ((ObjectNode) wanted).set("answers", answers);
            Files.writeString(expected, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(wanted) + "\n");
        }
        assertEquals(wanted.get("answers"), JSON.readTree(answers.toString()), expected.toString());
    }

    @Test
    void everyShippedProfileHasSamplesAndIsNamedAfterItsMake() throws IOException {
        List<String> shipped = Shipped.yaml("devices/profiles");
        assertFalse(shipped.isEmpty());
        for (String name : shipped) {
            String id = name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
            Checked<Profile> read = ProfileFiles.read(name);
            assertEquals(List.of(), read.problems());
            assertEquals(id, read.value().orElseThrow().id());
            assertTrue(samples().stream().anyMatch(s -> s.getParent().getFileName().toString().equals(id)), id);
        }
    }

    private static Profile profile(Path expected) {
        Checked<Profile> read = ProfileFiles.read("devices/profiles/" + expected.getParent().getFileName() + ".yaml");
        assertEquals(List.of(), read.problems());
        return read.value().orElseThrow();
    }

    private static ArrayNode answers(List<Decoded> all) {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        for (Decoded each : all) {
            ObjectNode answer = answers.addObject();
            if (each instanceof Decoded.Rejected rejected) {
                answer.put("reason", rejected.reason());
                continue;
            }
            Decoded.Accepted accepted = (Decoded.Accepted) each;
            ArrayNode observations = answer.putArray("observations");
            accepted.observations().forEach(o -> observations.add(
                    ObservationJson.of(o, ContentSources.ZONE).<ObjectNode>remove(List.of("site", "device", "flags"))));
            if (!accepted.tolerated().isEmpty()) {
                accepted.tolerated().forEach(answer.withArrayProperty("tolerated")::add);
            }
            accepted.ignored().ifPresent(why -> answer.put("ignored", why));
        }
        return answers;
    }
}
