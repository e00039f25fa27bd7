package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and time do to alarms, as anybody may try it. */
class AlarmHandlingTest {
    private static final String FENCE = "henan-seven/enclosure";
    private static final String SITE = """
            site: s-1
            name: {zh: 工地, en: site}
            region: "410000"
            rulebook: henan-seven
            contacts:
              - {role: supervisor, name: Li, channels: [log]}
              - {role: project-manager, name: Sun, channels: [log]}
              - {role: regulator, name: Zhao, channels: [log]}
            units:
              - {id: fence-01, kind: fence, length: 100, height: 2.5}
              - {id: soil-01, kind: soil, area: 100}
            devices:
              - {id: fence-s1, kind: unit-sensor, units: [fence-01], every: PT10M}
              - {id: soil-s1, kind: unit-sensor, units: [soil-01], every: PT10M}
            """;

    @TempDir
    private Path dir;

    private Judged history;

    @BeforeEach
    void start() throws IOException {
        history = new Judged(dir).site("s-1", SITE);
    }

    /** The fence is reported each ten minutes of {@code [from, to)}. */
    private AlarmHandlingTest fence(int from, int to, boolean good) {
        for (int m = from; m < to; m += 10) {
            history.send(m, "s-1/fence-s1/unit", "\"unit\":\"fence-01\",\"good\":" + good);
        }
        return this;
    }

    private String broken(int from, int to) throws IOException {
        fence(0, from, true).fence(from, to, false);
        return history.idOf(from + 5, FENCE, "fence-01");
    }

    private static String alarm(String id) {
        return "\"alarm\":\"" + id + "\",\"text\":\"because\"";
    }

    @Test
    void isMendedByOnePersonAndVerifiedByAnotherOnceTheDataShowIt() throws IOException {
        String id = broken(60, 120);
        fence(120, 240, true);
        history.act(90, "rectify", "Wang", alarm(id) + ",\"pictures\":[\"https://p/1\"]")
                .act(100, "verify", "Zhao", alarm(id))
                .act(130, "verify", "Wang", alarm(id))
                .act(140, "verify", "Zhao", alarm(id));
        List<JsonNode> decided = history.until(240);
        assertEquals(List.of("61 raised", "90 rectified", "121 returned", "140 verified", "140 closed"),
                Judged.steps(decided, FENCE, "fence-01"));
        assertEquals(List.of("not-allowed", "same-person"), Judged.refusals(decided));
        JsonNode mended = Judged.ofType(decided, "alarm").stream().filter(a -> a.path("transition").asText().equals("rectified"))
                .findFirst().orElseThrow();
        assertEquals("https://p/1", mended.path("pictures").path(0).asText());
        assertEquals("Wang", mended.path("person").asText());
    }

    @Test
    void everyWrongActIsRefusedByName() throws IOException {
        String id = broken(60, 200);
        history.act(90, "shelve", "Li", "\"alarm\":\"" + id + "\",\"until\":\"" + Judged.iso(Judged.at(190)) + "\"")
                .act(91, "shelve", "Li", alarm(id))
                .act(92, "shelve", "Li", alarm(id) + ",\"until\":\"2027-01-01T00:00:00+08:00\"")
                .act(93, "shelve", "Li", alarm(id) + ",\"until\":\"soon\"")
                .act(94, "acknowledge", "", alarm(id))
                .act(95, "acknowledge", "Li", "\"alarm\":\"no-such\"")
                .act(96, "delete", "Li", alarm(id))
                .act(97, "acknowledge", "Li", alarm(id) + ",\"version\":7")
                .act(98, "acknowledge", "Li", alarm(id) + ",\"version\":\"7\"")
                .act(99, "rectify", "Li", alarm(id) + ",\"pictures\":\"x\"")
                .act(100, "unshelve", "Li", alarm(id))
                .act(101, "comment", "Li", "\"alarm\":\"" + id + "\"")
                .act(102, "acknowledge", "Li", "\"alarm\":17")
                .act(103, "outage", "Li", "\"device\":\"none\",\"from\":0,\"to\":9")
                .act(104, "work-face", "Li", "\"unit\":\"none\",\"to\":\"" + Judged.iso(Judged.at(190)) + "\"")
                .act(105, "approve", "Li", "\"waiver\":\"none\"")
                .act(106, "object", "Li", "\"verdict\":\"none\",\"text\":\"no\"")
                .act(107, "waive", "Li", "\"site\":\"s-2\",\"reason\":\"maintenance\",\"text\":\"x\",\"to\":\""
                        + Judged.iso(Judged.at(190)) + "\"")
                .line(108, "\"act\":\"acknowledge\"");
        List<JsonNode> decided = history.until(150);
        assertEquals(List.of("missing-field", "missing-field", "out-of-range", "wrong-type", "missing-field", "unknown-alarm",
                        "unsupported", "stale-version", "wrong-type", "wrong-type", "not-allowed", "missing-field", "wrong-type",
                        "unknown-device", "unknown-unit", "unknown-waiver", "unknown-verdict", "unknown-site", "missing-field"),
                Judged.refusals(decided));
        assertEquals(List.of("61 raised"), Judged.steps(decided, FENCE, "fence-01").stream().filter(s -> !s.contains("escal")).toList());
    }

    @Test
    void whatIsOverdueClimbsTheLadderByItself() throws IOException {
        String id = broken(60, 2_000);
        List<JsonNode> decided = history.until(2_000);
        // Raised at minute 61; a medium alarm wants an acknowledgement within 2 h; the regulator hears 24 h later.
        assertEquals(List.of("71 raised Li", "71 raised Sun", "71 raised Zhao", "181 escalated Sun", "1621 escalated Zhao"),
                Judged.notices(decided, id));
        JsonNode first = Judged.ofType(decided, "notice").stream().filter(n -> n.path("alarm").asText().equals(id))
                .findFirst().orElseThrow();
        assertEquals("project-manager", first.path("next").path("role").asText());
        assertEquals(Judged.at(181).toInstant(), java.time.OffsetDateTime.parse(first.path("next").path("at").asText()).toInstant());
    }

    @Test
    void anAcknowledgedAlarmClimbsWhenItIsNotMendedInTime() throws IOException {
        String id = broken(60, 2_000);
        history.act(80, "acknowledge", "Li", alarm(id));
        List<JsonNode> decided = history.until(2_000);
        assertEquals(List.of("1501 escalated Sun"),
                Judged.notices(decided, id).stream().filter(n -> n.contains("escalated")).toList());
        assertTrue(decided.stream().anyMatch(d -> d.path("escalation").asText().equals("rectify-overdue")));
    }

    @Test
    void aLadderOfTheSitesOwnTellsTheNextRungOnlyWhenItIsOverdue() throws IOException {
        history.site("s-1", SITE + """
                alarms:
                  ladder: [{role: supervisor}, {role: project-manager, after: PT30M}, {role: regulator, after: PT1H}]
                """);
        String id = broken(60, 400);
        fence(400, 500, true);
        List<JsonNode> decided = history.until(500);
        assertEquals(List.of("71 raised Li", "211 escalated Sun", "271 escalated Zhao", "401 returned Li", "401 returned Sun",
                "401 returned Zhao"), Judged.notices(decided, id));
    }

    @Test
    void onlyWhoIsOnDutyIsToldAndNeverNobody() throws IOException {
        history.site("s-1", SITE.replace("{role: supervisor, name: Li, channels: [log]}",
                        "{role: supervisor, name: Li, channels: [log], duty: [{from: \"00:00\", to: \"08:00\"}]}\n"
                        + "  - {role: supervisor, name: Wu, channels: [log], duty: [{from: \"08:00\", to: \"16:00\"}]}")
                .replaceAll(".*(project-manager|regulator).*\n", ""));
        String id = broken(60, 500);
        fence(500, 1_000, true).fence(1_000, 1_050, false);
        List<String> told = Judged.notices(history.until(1_050), id);
        assertEquals(List.of("71 raised Li", "501 returned Wu", "1011 raised Li", "1011 raised Wu"), told);
    }

    @Test
    void outsideWorkingHoursItWaitsForTheDigestUnlessItIsUrgent() throws IOException {
        history.site("s-1", SITE + """
                alarms:
                  working: {from: "07:00", to: "19:00"}
                  digest: "07:30"
                """);
        String id = broken(60, 700);
        List<JsonNode> decided = history.until(700);
        JsonNode raised = Judged.ofType(decided, "notice").stream().filter(n -> n.path("alarm").asText().equals(id))
                .findFirst().orElseThrow();
        assertEquals("outside-working-hours", raised.path("deferred").asText());
        assertEquals(Judged.at(450).toInstant(), java.time.OffsetDateTime.parse(raised.path("until").asText()).toInstant());
        // Two working hours from 07:00 on to acknowledge.
        assertTrue(Judged.notices(decided, id).contains("540 escalated Sun"), Judged.notices(decided, id).toString());
    }

    @Test
    void aWaiverKeepsNoticesBackOnceAnotherPersonGrantedItAndNeverTheRecord() throws IOException {
        String to = "\"to\":\"" + Judged.iso(Judged.at(300)) + "\"";
        fence(0, 60, true);
        history.act(30.5, "waive", "Li", "\"site\":\"s-1\",\"unit\":\"fence-01\",\"reason\":\"planned-work\",\"text\":\"gate\"," + to);
        String waiver = Judged.ofType(history.until(31), "filing").get(0).path("id").asText();
        history.act(40, "approve", "Li", "\"waiver\":\"" + waiver + "\"").act(41, "approve", "Zhao", "\"waiver\":\"" + waiver + "\"");
        fence(60, 400, false);
        String id = history.idOf(65, FENCE, "fence-01");
        List<JsonNode> decided = history.until(400);
        assertEquals(List.of("same-person"), Judged.refusals(decided));
        assertEquals(List.of("filed", "approved", "ended"),
                Judged.ofType(decided, "filing").stream().map(f -> f.path("state").asText()).toList());
        assertEquals(List.of("61 raised", "61 out-of-service", "300 raised"), Judged.steps(decided, FENCE, "fence-01"));
        assertEquals(List.of("310 raised Li", "310 raised Sun", "310 raised Zhao"), Judged.notices(decided, id));
        assertTrue(decided.stream().anyMatch(d -> d.path("item").asText().equals("enclosure")
                && d.path("state").asText().equals("VIOLATION") && d.path("at").asText().startsWith("2026-03-16T01:00")));
    }

    @Test
    void anAlarmThatWasNeverGrantedAWaiverIsToldOf() throws IOException {
        history.act(30, "waive", "Li", "\"site\":\"s-1\",\"reason\":\"calibration\",\"text\":\"x\",\"to\":\""
                + Judged.iso(Judged.at(300)) + "\"");
        String id = broken(60, 100);
        assertEquals(3, Judged.notices(history.until(100), id).size());
    }

    @Test
    void aWorkFaceIsDeclaredInOneAct() throws IOException {
        for (int m = 0; m < 300; m += 10) {
            history.send(m, "s-1/soil-s1/unit", "\"unit\":\"soil-01\",\"good\":false,\"share\":0.8");
        }
        history.act(100, "work-face", "Wang", "\"unit\":\"soil-01\",\"text\":\"pit\",\"to\":\"" + Judged.iso(Judged.at(200)) + "\"");
        List<String> coverage = history.until(300).stream()
                .filter(d -> d.path("item").asText().equals("coverage") && d.path("type").asText().equals("verdict") && !d.has("rule"))
                .map(d -> d.path("at").asText().substring(11, 16) + " " + d.path("state").asText()).toList();
        assertEquals(List.of("00:00 VIOLATION", "01:40 COMPLIANT", "03:20 VIOLATION"), coverage);
    }

    @Test
    void anObjectionStandsBesideItsAlarmAlsoWhenThatIsClosedAndChangesNothing() throws IOException {
        String id = broken(60, 120);
        fence(120, 240, true);
        history.act(90, "object", "Wang", alarm(id)).act(130, "acknowledge", "Li", alarm(id)).act(200, "object", "Wang", alarm(id));
        List<JsonNode> decided = history.until(240);
        assertEquals(List.of("61 raised", "90 objection", "121 returned", "130 acknowledged", "130 closed"),
                Judged.steps(decided, FENCE, "fence-01"));
        assertEquals(List.of(id, id), Judged.ofType(decided, "filing").stream().map(f -> f.path("about").asText()).toList());
    }

    @Test
    void anObjectionToAFinalVerdictStandsBesideIt() throws IOException {
        fence(0, 1_600, false);
        String verdict = history.until(1_500).stream().filter(d -> d.path("final").asBoolean() && d.has("id"))
                .findFirst().orElseThrow().path("id").asText();
        history.act(1_550, "object", "Wang", "\"verdict\":\"" + verdict + "\",\"text\":\"the sensor lies\"");
        List<JsonNode> filed = Judged.ofType(history.until(1_600), "filing");
        assertEquals(verdict, filed.get(0).path("about").asText());
        assertEquals("objection", filed.get(0).path("kind").asText());
    }

    @Test
    void whatComesAndGoesTooOftenIsToldOnceUntilItSettles() throws IOException {
        List<JsonNode> decided;
        fence(0, 60, true);
        for (int i = 0; i < 6; i++) {
            history.send(60 + 10 * i, "s-1/fence-s1/unit", "\"unit\":\"fence-01\",\"good\":false");
            history.send(65 + 10 * i, "s-1/fence-s1/unit", "\"unit\":\"fence-01\",\"good\":true");
        }
        fence(120, 300, true);
        decided = history.until(300);
        List<String> steps = Judged.steps(decided, FENCE, "fence-01");
        assertTrue(steps.contains("91 flapping"), steps.toString());
        assertTrue(steps.contains("176 settled"), steps.toString());
        String id = history.idOf(300, FENCE, "fence-01");
        assertEquals(List.of("91 flapping Li", "91 flapping Sun", "91 flapping Zhao", "176 settled Li", "176 settled Sun",
                "176 settled Zhao"), Judged.notices(decided, id));
    }

    @Test
    void aClosedSiteKeepsItsAlarmsQuietAndOnRecord() throws IOException {
        history.site("s-1", SITE + "alarms: {closed: [{from: 2026-03-01, to: 2026-04-01}]}\n");
        String id = broken(60, 300);
        List<JsonNode> decided = history.until(300);
        assertEquals(List.of("61 raised", "61 suppressed"), Judged.steps(decided, FENCE, "fence-01"));
        assertEquals(List.of(), Judged.notices(decided, id));
    }

    @Test
    void theRecordOfAnAlarmIsNeverTakenBack() throws IOException {
        String id = broken(60, 120);
        for (String act : List.of("delete", "remove", "close", "raise", "return")) {
            history.act(100, act, "Li", alarm(id));
        }
        List<JsonNode> decided = history.until(120);
        assertEquals(List.of("unsupported", "unsupported", "unsupported", "unsupported", "unsupported"), Judged.refusals(decided));
        assertFalse(new ArrayList<>(Judged.steps(decided, FENCE, "fence-01")).contains("100 closed"));
    }
}
