package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that goes down is one alarm that people see; a single device that fails is its own. */
class SiteSilentTest {
    private static final int CAMERAS = 6;

    @TempDir
    private Path dir;

    private Judged history;

    @BeforeEach
    void register() throws IOException {
        history = new Judged(dir);
        StringBuilder devices = new StringBuilder("{id: slow-1, kind: camera, every: PT10M}");
        for (int i = 0; i < CAMERAS; i++) {
            devices.append(", {id: cam-").append(i).append(", kind: camera, every: PT1M}");
        }
        history.site("s-1", """
                site: s-1
                name: {zh: 工地, en: site}
                region: "130000/130100"
                rulebook: [henan-seven]
                contacts: [{role: supervisor, name: Li, channels: [log], language: en}]
                devices: [%s]
                """.formatted(devices));
    }

    /** Cameras {@code [first, last)} speak each minute of {@code [from, to)}, the slow one every ten. */
    private void speak(int from, int to, int first, int last, boolean slow) {
        for (int m = from; m < to; m++) {
            for (int i = first; i < last; i++) {
                history.send(m + i / 1000.0, "s-1/cam-" + i + "/camera", "\"online\":true");
            }
            if (slow && m % 10 == 0) {
                history.send(m + 0.5, "s-1/slow-1/camera", "\"online\":true");
            }
        }
    }

    private static List<String> told(List<JsonNode> decided) {
        return Judged.ofType(decided, "notice").stream()
                .map(n -> n.path("transition").asText() + " " + rule(decided, n.path("alarm").asText()) + " " + n.path("language").asText())
                .toList();
    }

    private static String rule(List<JsonNode> decided, String alarm) {
        return Judged.ofType(decided, "alarm").stream().filter(a -> a.path("id").asText().equals(alarm)).findFirst().orElseThrow()
                .path("rule").asText();
    }

    @Test
    void aGatewayThatIsDownIsOneNoticeAndItsReturnAnother() throws IOException {
        speak(0, 40, 0, CAMERAS, true);
        speak(120, 150, 0, CAMERAS, true);
        List<JsonNode> decided = history.until(150);
        assertEquals(List.of("raised site-silent en", "returned site-silent en"), told(decided));
        assertEquals(List.of("43 raised", "123 returned"), Judged.steps(decided, "site-silent", "site"));
        // Each device's own alarm is on record, and quiet while the site's speaks for it.
        for (int i = 0; i < CAMERAS; i++) {
            assertEquals(List.of("43 raised", "43 suppressed", "121 returned"), Judged.steps(decided, "device-silent", "cam-" + i).stream()
                    .map(s -> s.replaceFirst("^44 ", "43 ").replaceFirst("^42 ", "43 ").replaceFirst("^122 ", "121 ")).toList());
        }
        String parent = Judged.ofType(decided, "alarm").stream().filter(a -> a.path("rule").asText().equals("site-silent")).findFirst()
                .orElseThrow().path("id").asText();
        assertTrue(Judged.ofType(decided, "alarm").stream().filter(a -> a.path("transition").asText().equals("suppressed"))
                .allMatch(a -> a.path("coveredBy").asText().equals(parent)));
    }

    @Test
    void whatIsStillSilentWhenTheSiteReturnsIsToldThen() throws IOException {
        speak(0, 40, 0, CAMERAS, true);
        speak(120, 200, 0, CAMERAS - 1, true);
        List<JsonNode> decided = history.until(150);
        assertEquals(List.of("raised site-silent en", "returned site-silent en", "raised device-silent en"), told(decided));
        assertEquals(List.of("suppressed", "raised"), Judged.steps(decided, "device-silent", "cam-5").stream()
                .map(s -> s.substring(s.indexOf(' ') + 1)).skip(1).toList());
    }

    @Test
    void devicesThatFailOneByOneAreToldOneByOne() throws IOException {
        speak(0, 40, 0, CAMERAS, true);
        speak(40, 120, 2, CAMERAS, true);
        List<JsonNode> decided = history.until(119);
        assertEquals(List.of(), Judged.steps(decided, "site-silent", "site"));
        assertEquals(List.of("raised device-silent en", "raised device-silent en"), told(decided));
    }

    @Test
    void aDeviceThatIsHeardTenMinutesLaterShowsThatTheSiteIsThere() throws IOException {
        speak(0, 40, 0, CAMERAS, true);
        for (int m = 41; m < 120; m += 9) {
            history.send(m, "s-1/slow-1/camera", "\"online\":true");
        }
        List<JsonNode> decided = history.until(119);
        assertEquals(CAMERAS, told(decided).stream().filter("raised device-silent en"::equals).count(), told(decided).toString());
        assertTrue(told(decided).stream().noneMatch(t -> t.contains("site-silent")), told(decided).toString());
    }

    @Test
    void lossOfDataNeverSaysThatTheSiteReturned() throws IOException {
        speak(0, 40, 0, CAMERAS, true);
        history.line(60, "\"link\":\"mqtt\",\"up\":false").line(100, "\"link\":\"mqtt\",\"up\":true");
        for (int i = 0; i < CAMERAS; i++) {
            history.act(110, "outage", "Li", "\"site\":\"s-1\",\"device\":\"cam-" + i + "\",\"from\":\"" + Judged.iso(Judged.at(105))
                    + "\",\"to\":\"" + Judged.iso(Judged.at(400)) + "\",\"text\":\"gateway\"");
        }
        List<JsonNode> decided = history.until(300);
        assertEquals(List.of("43 raised"), Judged.steps(decided, "site-silent", "site"));
    }
}
