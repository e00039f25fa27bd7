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

/** What many sites have in common is one alarm and one notice, and no site's record is the poorer for it. */
class RegionalAlarmTest {
    private static final int SITES = 12;

    @TempDir
    private Path dir;

    private Judged history;

    @BeforeEach
    void register() throws IOException {
        history = new Judged(dir);
        for (int i = 0; i < SITES; i++) {
            history.site("s-" + i, """
                    site: s-%d
                    name: {zh: 工地, en: site}
                    region: "130000/130100/grid-%d"
                    rulebook: [henan-seven, hebei-db13-2934-2019]
                    contacts: [{role: supervisor, name: Li, channels: [log]}]
                    devices: [{id: dust-1, kind: monitor, every: PT1M}, {id: cam-1, kind: camera, every: PT1M}]
                    """.formatted(i, i % 2));
        }
    }

    /** Every site's devices speak each minute of {@code [from, to)}. */
    private void speak(int from, int to, int sites, double pm10) {
        for (int m = from; m < to; m++) {
            for (int i = 0; i < sites; i++) {
                history.send(m + i / 1000.0, "s-" + i + "/dust-1/reading", "\"values\":{\"pm10\":" + (pm10 + (m * 7 + i) % 13) + "}");
                history.send(m + i / 1000.0, "s-" + i + "/cam-1/camera", "\"online\":true");
            }
        }
    }

    private static List<JsonNode> of(List<JsonNode> decisions, String type, String rule) {
        return Judged.ofType(decisions, type).stream().filter(d -> d.path("rule").asText().equals(rule)).toList();
    }

    @Test
    void aRegionThatGoesSilentIsOneNoticeAndItsReturnAnother() throws IOException {
        speak(0, 30, SITES, 50);
        speak(90, 120, SITES, 50);
        List<JsonNode> decided = history.until(120);
        assertEquals(List.of("33 raised", "94 returned"),
                Judged.steps(decided, "region-silent", "130000").stream().map(s -> s.replace("34 ", "33 ").replace("91 ", "94 ")).toList());
        List<JsonNode> notices = Judged.ofType(decided, "notice");
        assertEquals(2, notices.size(), notices.toString());
        assertTrue(notices.stream().allMatch(n -> n.path("site").asText().equals("region") && n.path("receiver").asText().equals("Li")));
        // Each device's own alarm is on record, and quiet.
        assertEquals(2 * SITES, of(decided, "alarm", "device-silent").stream().filter(a -> a.path("transition").asText().equals("raised")
                && !a.path("at").asText().contains("T01:")).count());
        assertTrue(of(decided, "alarm", "region-silent").stream()
                .anyMatch(a -> a.path("subject").asText().equals("grid-0") && a.path("transition").asText().equals("suppressed")));
    }

    @Test
    void aFewSilentSitesAreNoRegion() throws IOException {
        speak(0, 30, SITES, 50);
        speak(30, 120, SITES - 4, 50);
        List<JsonNode> decided = history.until(120);
        assertEquals(0, of(decided, "alarm", "region-silent").size());
        assertEquals(8, Judged.ofType(decided, "notice").size());
    }

    @Test
    void ourOwnLinkThatIsDownIsOneNoticeToWhoeverRunsUsAndNoSilenceOfAnybody() throws IOException {
        speak(0, 30, SITES, 50);
        history.line(30.5, "\"link\":\"mqtt\",\"up\":false").line(60, "\"link\":\"mqtt\",\"up\":true");
        speak(61, 90, SITES, 50);
        List<JsonNode> decided = history.until(89);
        assertEquals(List.of("31 raised", "61 returned"), Judged.steps(decided, "link-down", "mqtt"));
        assertEquals(0, of(decided, "alarm", "device-silent").size());
        assertEquals(List.of("raised operator", "returned operator"), Judged.ofType(decided, "notice").stream()
                .map(n -> n.path("transition").asText() + " " + n.path("receiver").asText()).toList());
    }

    @Test
    void aDustStormIsOneNoticeForAllSites() throws IOException {
        for (int hour = 0; hour < 5; hour++) {
            history.line(hour * 60 + 61, "\"topic\":\"dust/v1/region/130100/background\",\"payload\":{\"ts\":\""
                    + Judged.iso(Judged.at(hour * 60)) + "\",\"period\":\"PT1H\",\"values\":{\"pm10\":900}}");
        }
        speak(0, 300, SITES, 900);
        List<JsonNode> decided = history.until(300);
        assertEquals(SITES, Judged.ofType(decided, "alarm").stream().filter(a -> a.path("item").asText().equals("particulates")
                && !a.path("site").asText().equals("region") && a.path("transition").asText().equals("raised")).count());
        List<JsonNode> notices = Judged.ofType(decided, "notice");
        assertEquals(1, notices.size(), notices.toString());
        assertEquals(Judged.ofType(decided, "alarm").stream().filter(a -> a.path("rule").asText().equals("region-dust")
                && a.path("subject").asText().equals("130000")).findFirst().orElseThrow().path("id"), notices.get(0).path("alarm"));
    }

    @Test
    void aBackgroundStationThatIsLostIsOneAlarmOfTheRegion() throws IOException {
        history.line(61, "\"topic\":\"dust/v1/region/130100/background\",\"payload\":{\"ts\":\"" + Judged.iso(Judged.at(0))
                + "\",\"period\":\"PT1H\",\"values\":{\"pm10\":40}}");
        for (int m = 0; m < 420; m += 2) {
            history.send(m, "s-0/cam-1/camera", "\"online\":true");
        }
        history.line(400, "\"topic\":\"dust/v1/region/130100/background\",\"payload\":{\"ts\":\"" + Judged.iso(Judged.at(300))
                + "\",\"period\":\"PT1H\",\"values\":{\"pm10\":40}}");
        // The hour from 01:00 was due at 02:00 and is awaited three hours.
        assertEquals(List.of("301 raised", "401 returned"), Judged.steps(history.until(419), "background-lost", "130100"));
    }

    @Test
    void whatNobodyAcknowledgesClimbsToTheNextRoleOfTheSitesBelow() throws IOException {
        for (int i = 0; i < SITES; i++) {
            history.site("s-" + i, """
                    site: s-%d
                    name: {zh: 工地, en: site}
                    region: "130000/130100/grid-%d"
                    rulebook: [henan-seven]
                    contacts: [{role: supervisor, name: Li, channels: [log]}, {role: regulator, name: Zhao, channels: [log]}]
                    alarms: {ladder: [{role: supervisor}, {role: regulator, after: PT1H}]}
                    devices: [{id: dust-1, kind: monitor, every: PT1M}, {id: cam-1, kind: camera, every: PT1M}]
                    """.formatted(i, i % 2));
        }
        speak(0, 30, SITES, 50);
        List<JsonNode> decided = history.until(400 + 24 * 60);
        List<JsonNode> notices = Judged.ofType(decided, "notice").stream().filter(n -> n.path("site").asText().equals("region")).toList();
        // The deadline of a medium alarm is two hours; the standard ladder's last rung comes a day later.
        assertEquals(List.of("raised Li 0", "escalated Zhao 1"), notices.stream()
                .map(n -> n.path("transition").asText() + " " + n.path("receiver").asText() + " " + n.path("level").asInt()).toList());
        assertEquals("regulator", notices.get(0).path("next").path("role").asText());
        assertEquals("acknowledge-overdue", notices.get(1).path("escalation").asText());
    }
}
