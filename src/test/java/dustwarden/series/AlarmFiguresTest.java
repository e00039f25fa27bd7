package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.AlarmFigures.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures that alarm handling is held against. */
class AlarmFiguresTest {
    private static final long MINUTE = 60_000;
    private static final long FROM = 100 * 86_400_000L;
    private static final long DAY = 86_400_000L;

    private final AlarmFigures figures = new AlarmFigures(FROM, FROM + DAY);

    private AlarmFiguresTest step(String alarm, double minute, String transition, String person) {
        return step(alarm, minute, transition, person, Optional.empty(), Optional.empty());
    }

    private AlarmFiguresTest step(
            String alarm, double minute, String transition, String person, Optional<String> until, Optional<String> coveredBy) {
        Optional<String> who = person.isEmpty() ? Optional.empty() : Optional.of(person);
        String subject = alarm.substring(0, Math.min(2, alarm.length()));
        figures.add(new Step(alarm, alarm.startsWith("b") ? "s-2" : "s-1", "b/rule", subject, "medium",
                FROM + Math.round(minute * MINUTE), transition, who, until, coveredBy));
        return this;
    }

    private static Optional<String> at(double minute) {
        return Optional.of(Instant.ofEpochMilli(FROM + Math.round(minute * MINUTE)).toString());
    }

    @Test
    void theTenAlarmsThatComeMostAreNamedWithTheirShare() {
        for (int i = 0; i < 12; i++) {
            step("a" + (char) ('a' + i), -5, "raised", "");
            step("a" + (char) ('a' + i), i, "raised", "");
        }
        for (int i = 0; i < 8; i++) {
            step("ac", 20 + i, "raised", "");
        }
        JsonNode frequent = figures.json().path("frequent");
        assertEquals(10, frequent.path("items").size());
        assertEquals("ac", frequent.path("items").get(0).path("subject").asText());
        assertEquals(9, frequent.path("items").get(0).path("raised").asInt());
        assertEquals(9 / 20.0, frequent.path("items").get(0).path("share").asDouble());
        assertEquals(18 / 20.0, frequent.path("share").asDouble());
        assertEquals(0.05, frequent.path("target").asDouble());
    }

    @Test
    void whatKeptAnAlarmQuietWithoutLeaveIsCounted() {
        step("a1", 0, "raised", "");
        step("a1", 1, "shelved", "Li", at(61), Optional.empty());
        step("a1", 100, "shelved", "Li", at(200), Optional.empty());
        step("a2", 1, "shelved", "", at(61), Optional.empty());
        step("a3", 1, "shelved", "Li", at(31 * 1_440), Optional.empty());
        step("a4", 5, "suppressed", "", Optional.empty(), Optional.of("site-closed")).step("a5", 5, "suppressed", "");
        for (String waiver : List.of("granted", "alone", "same", "over", "gone")) {
            step("a-" + waiver, 50, "out-of-service", "", Optional.empty(), Optional.of(waiver));
        }
        String times = "\"from\":\"" + at(0).get() + "\",\"to\":\"" + at(60).get() + "\"";
        waiver("granted", times + ",\"approvedBy\":\"Wu\"");
        waiver("alone", times);
        waiver("same", times + ",\"approvedBy\":\"Li\"");
        waiver("over", times.replace(at(60).get(), at(40).get()) + ",\"approvedBy\":\"Wu\"");
        JsonNode quiet = figures.json().path("suppression");
        // Nobody's shelving, one for too long, nothing that speaks for it, and four waivers that gave no leave then.
        assertEquals(7, quiet.path("unauthorised").asInt(), quiet.toString());
        assertEquals(0, quiet.path("target").asInt());
        assertEquals(1, quiet.path("shelvedOn").asInt());
        assertEquals(1, quiet.path("waiversNotGranted").asInt());
        assertEquals((31 * 1_440 - 1) * 60, quiet.path("longestShelved").asInt());
    }

    private void waiver(String id, String more) {
        figures.add("waiver", Json.parse("{\"id\":\"" + id + "\",\"person\":\"Li\",\"reason\":\"maintenance\","
                + more + "}"));
    }

    @ParameterizedTest
    @CsvSource({"10,0", "11,1"})
    void aFloodBeginsWithMoreThanTenInTenMinutes(int alarms, int floods) {
        for (int i = 0; i < alarms; i++) {
            step("a" + i, i * 0.5, "raised", "");
        }
        JsonNode json = figures.json();
        assertEquals(floods, json.path("floods").path("count").asInt());
        assertEquals(alarms, json.path("perTenMinutes").path("max").asInt());
    }

    @Test
    void aFloodLastsUntilFewerThanFiveCameInTenMinutes() {
        for (int i = 0; i < 11; i++) {
            step("a" + i, i, "raised", "");
        }
        // At minute 10 the first one is just gone and there are ten; one more at 10.5 makes eleven.
        step("c", 9.5, "raised", "");
        JsonNode floods = figures.json().path("floods");
        assertEquals(1, floods.path("count").asInt());
        // From minute 9.5 until minute 17, when those of 7 to 10 are left.
        assertEquals(7.5 / (24 * 60), floods.path("share").asDouble(), 1.0 / (24 * 60));
    }

    @Test
    void timesRunFromTheRaisingToTheFirstAct() {
        step("a1", 0, "raised", "").step("a1", 5, "acknowledged", "Li").step("a1", 60, "rectified", "Wang");
        step("a2", 0, "raised", "").step("a2", 15, "acknowledged", "Li").step("a2", 30, "returned", "");
        step("b1", 0, "raised", "").step("b1", 1, "acknowledged", "Sun");
        JsonNode json = figures.json();
        assertEquals(3, json.path("acknowledge").path("count").asInt());
        assertEquals(300, json.path("acknowledge").path("median").asInt());
        assertEquals(900, json.path("acknowledge").path("p90").asInt());
        assertEquals(2, json.path("rectify").path("count").asInt());
        assertEquals("s-1", json.path("bySite").get(0).path("site").asText());
        assertEquals(2, json.path("bySite").get(0).path("acknowledge").path("count").asInt());
        JsonNode li = json.path("byPerson").get(0);
        assertEquals("Li", li.path("person").asText());
        assertEquals(2, li.path("acts").path("acknowledged").asInt());
        assertEquals(3_600, json.path("byPerson").get(2).path("rectify").path("median").asInt());
    }

    @Test
    void raisedAgainItIsToBeAcknowledgedAgain() {
        step("a1", 0, "raised", "").step("a1", 5, "acknowledged", "Li").step("a1", 6, "returned", "").step("a1", 100, "raised", "");
        step("a1", 101, "acknowledged", "Li");
        assertEquals(2, figures.json().path("acknowledge").path("count").asInt());
        assertEquals(60, figures.json().path("acknowledge").path("median").asInt());
    }

    @Test
    void whatStandsForOverADayIsCountedAndWhatReturnedIsNot() {
        step("a1", -100, "raised", "").step("a2", -100, "raised", "").step("a2", 10, "returned", "").step("a3", 10, "raised", "");
        JsonNode json = figures.json();
        assertEquals(1, json.path("standing").path("count").asInt());
        assertEquals(1, json.path("raised").asInt());
    }

    @Test
    void nothingThatHappenedHasNoMedian() {
        JsonNode json = figures.json();
        assertFalse(json.path("acknowledge").has("median"));
        assertEquals(0.0, json.path("priorities").path("high").path("share").asDouble());
        assertEquals(0.05, json.path("priorities").path("high").path("target").asDouble());
    }

    @Test
    void grantedWaiversAreCountedByReasonAndOthersAreNot() {
        figures.add("waiver", Json.parse("{\"reason\":\"calibration\",\"from\":\"1970-04-11T01:00:00Z\",\"to\":\"1970-04-11T02:00:00Z\","
                + "\"approvedBy\":\"Li\"}"));
        figures.add("waiver", Json.parse("{\"reason\":\"calibration\",\"from\":\"1970-04-11T01:00:00Z\",\"to\":\"1970-04-11T02:00:00Z\"}"));
        figures.add("objection", Json.parse("{}"));
        JsonNode json = figures.json();
        assertEquals(1, json.path("waivers").path("calibration").asInt());
        assertEquals(1, json.path("filed").path("objection").asInt());
    }
}
