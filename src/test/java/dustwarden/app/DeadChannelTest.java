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

/** A channel that brings nothing is an alarm like any other, told by another one. */
class DeadChannelTest {
    @TempDir
    private Path dir;

    private Judged history;

    @BeforeEach
    void register() throws IOException {
        history = new Judged(dir).site("s-1", """
                site: s-1
                name: {zh: 工地, en: site}
                region: "130000/130100"
                rulebook: [henan-seven]
                contacts:
                  - {role: supervisor, name: Li, channels: [robot, mail]}
                  - {role: contractor, name: Wu, channels: [robot]}
                  - {role: regulator, name: Zhao, channels: [city]}
                devices: [{id: cam-1, kind: camera, every: P1D}]
                """);
    }

    private Judged says(double minute, String channel, boolean works, String answer) {
        return history.act(minute, "channel", "dustwarden",
                "\"channel\":\"" + channel + "\",\"works\":" + works + ",\"text\":\"" + answer + "\"");
    }

    private static List<String> told(List<JsonNode> decided) {
        return Judged.ofType(decided, "notice").stream()
                .map(n -> n.path("transition").asText() + " " + n.path("receiver").asText() + " " + n.path("channel").asText())
                .sorted()
                .toList();
    }

    @Test
    void itsPeopleHearByAnotherChannelAndTheOperatorAndNobodyElse() throws IOException {
        says(10, "robot", false, "200 310000 sign not match");
        says(11, "robot", false, "again");
        says(70, "robot", true, "ok");
        says(75, "robot", true, "ok");
        List<JsonNode> decided = history.until(80);
        assertEquals(List.of("10 raised", "70 returned"), Judged.steps(decided, "channel-dead", "robot"));
        assertEquals(List.of("raised Li mail", "raised Wu robot", "raised operator log", "returned Li mail", "returned Wu robot",
                "returned operator log"), told(decided));
        JsonNode raised = Judged.ofType(decided, "alarm").get(0);
        assertEquals("region", raised.path("site").asText());
        assertEquals("devices", raised.path("item").asText());
        assertEquals("high", raised.path("priority").asText());
        assertEquals("200 310000 sign not match", raised.path("reasons").get(0).path("params").path("answer").asText());
    }

    @Test
    void onceAcknowledgedItClosesWhenTheChannelAnswersAgain() throws IOException {
        says(10, "robot", false, "401");
        String id = history.idOf(12, "channel-dead", "robot");
        history.act(15, "acknowledge", "Li", "\"alarm\":\"" + id + "\"");
        says(70, "robot", true, "ok");
        assertEquals(List.of("10 raised", "15 acknowledged", "70 returned", "70 closed"),
                Judged.steps(history.until(80), "channel-dead", "robot"));
    }

    @Test
    void aChannelThatComesAndGoesIsToldOnceAsFlapping() throws IOException {
        for (int i = 0; i < 8; i++) {
            says(10 + 4 * i, "robot", false, "503");
            says(12 + 4 * i, "robot", true, "ok");
        }
        List<String> operator = told(history.until(60)).stream().filter(t -> t.contains("operator")).toList();
        assertEquals(1, operator.stream().filter(t -> t.startsWith("flapping")).count(), operator.toString());
        assertTrue(operator.size() <= 7, operator.toString());
    }

    @Test
    void anActThatDoesNotSayHowItStandsIsRefused() throws IOException {
        history.act(10, "channel", "dustwarden", "\"channel\":\"robot\"");
        history.act(11, "channel", "dustwarden", "\"works\":true");
        assertEquals(List.of("missing-field", "missing-field"), Judged.ofType(history.until(20), "rejection").stream()
                .map(r -> r.path("reason").asText()).toList());
    }
}
