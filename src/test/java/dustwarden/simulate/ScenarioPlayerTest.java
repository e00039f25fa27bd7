package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo's scenario, played: told again the same, and every trouble in every day whenever it begins. */
class ScenarioPlayerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-14T04:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    private static final Scenario DEMO = demo();

    private static Scenario demo() {
        try {
            return ScenarioFile.shipped(ScenarioFile.DEMO);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void givesTheSameBytesAgain() throws IOException {
        List<Publication> once = new ScenarioPlayer(DEMO).between(NOON, NOON.plus(Duration.ofHours(3)));
        List<Publication> again = new ScenarioPlayer(demo()).between(NOON, NOON.plus(Duration.ofHours(3)));
        assertEquals(once, again);
        assertFalse(once.isEmpty());
    }

    @Test
    void anotherSeedTellsAnotherDay() {
        Scenario other = new Scenario(DEMO.id(), DEMO.seed() + 1, DEMO.sites(), DEMO.regions());
        assertNotEquals(new ScenarioPlayer(DEMO).between(NOON, NOON.plus(Duration.ofMinutes(5))),
                new ScenarioPlayer(other).between(NOON, NOON.plus(Duration.ofMinutes(5))));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void windowsAddUp(Duration step) {
        Instant end = NOON.plus(Duration.ofHours(2));
        ScenarioPlayer player = new ScenarioPlayer(DEMO);
        List<Publication> joined = new ArrayList<>();
        for (Instant at = NOON; at.isBefore(end); at = at.plus(step)) {
            Instant next = at.plus(step).isBefore(end) ? at.plus(step) : end;
            joined.addAll(player.between(at, next));
        }
        assertEquals(player.between(NOON, end), joined);
    }

    static Stream<Duration> steps() {
        return Stream.of(Duration.ofSeconds(7), Duration.ofSeconds(20), Duration.ofMillis(60_001), Duration.ofHours(1));
    }

    @Test
    void standsInOrderOfTimeWithinTheWindow() {
        List<Publication> day = new ScenarioPlayer(DEMO).between(NOON, NOON.plus(DAY));
        for (int i = 1; i < day.size(); i++) {
            assertFalse(day.get(i).at().isBefore(day.get(i - 1).at()));
        }
        assertFalse(day.get(0).at().isBefore(NOON));
        assertTrue(day.get(day.size() - 1).at().isBefore(NOON.plus(DAY)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void everyTroubleShowsWithinADay(Instant start) throws IOException {
        Set<String> shown = new TreeSet<>();
        Set<String> heard = new HashSet<>();
        for (Publication publication : new ScenarioPlayer(DEMO).between(start, start.plus(DAY))) {
            JsonNode body = JSON.readTree(publication.payload());
            heard.add(publication.site() + "/" + publication.device() + "@"
                    + publication.at().getEpochSecond() / 600);
            shown.addAll(seen(publication, body));
        }
        for (long slot = start.getEpochSecond() / 600 + 1; slot < start.plus(DAY).getEpochSecond() / 600; slot++) {
            if (!heard.contains("sjz-changan-01/dust-2@" + slot)) {
                shown.add("dead-monitor");
            }
        }
        assertEquals(Set.of("camera-dark", "dead-monitor", "dry-work", "open-load", "torn-net", "unwashed-truck",
                "wrong-clock"), shown);
    }

    static Stream<Instant> starts() {
        return IntStream.range(0, 12).mapToObj(i -> NOON.plus(Duration.ofHours(2L * i).plusDays(37L * i)));
    }

    private static Set<String> seen(Publication publication, JsonNode body) {
        Set<String> seen = new HashSet<>();
        if (publication.topic().endsWith("/passage") && body.path("direction").asText().equals("out")) {
            if (body.path("wash").path("wheels").asText().equals("dirty")) {
                seen.add("unwashed-truck");
            }
            if (body.path("loaded").asBoolean() && !body.path("covered").asBoolean()) {
                seen.add("open-load");
            }
        }
        if (publication.topic().endsWith("/camera") && !body.path("online").asBoolean()) {
            seen.add("camera-dark");
        }
        if (publication.topic().endsWith("/unit") && !body.path("good").asBoolean()) {
            seen.add("torn-net");
        }
        if (publication.topic().startsWith("dust/v1/xx-hongqi-01/spray-1/") && !body.path("on").asBoolean()
                && publication.at().atZone(java.time.ZoneId.of("Asia/Shanghai")).getHour() == 9) {
            seen.add("dry-work");
        }
        if (body.has("ts") && !publication.topic().startsWith("dust/v1/region/")) {
            Duration error = Duration.between(publication.at(), OffsetDateTime.parse(body.get("ts").asText()));
            if (!error.isZero()) {
                assertTrue(error.abs().compareTo(Duration.ofHours(1)) > 0, publication.toString());
                seen.add("wrong-clock");
            }
        }
        return seen;
    }

    @ParameterizedTest
    @MethodSource("starts")
    void somethingIsWrongSoonAfterAnyStart(Instant start) throws IOException {
        ScenarioPlayer player = new ScenarioPlayer(DEMO);
        List<Publication> first = new ArrayList<>(player.opening(start));
        first.addAll(player.between(start, start.plus(Duration.ofHours(3))));
        Set<String> seen = new HashSet<>();
        for (Publication publication : first) {
            seen.addAll(seen(publication, JSON.readTree(publication.payload())));
        }
        seen.remove("wrong-clock");
        assertFalse(seen.isEmpty(), "nothing in three hours from " + start);
    }

    @Test
    void theOrderlySiteHasNoTrouble() throws IOException {
        for (Publication publication : new ScenarioPlayer(DEMO).between(NOON, NOON.plus(DAY))) {
            if (publication.site().equals("zz-jinshui-02")) {
                assertEquals(Set.of(), seen(publication, JSON.readTree(publication.payload())),
                        publication.toString());
            }
        }
    }

    @Test
    void passagesAndPlatesAreDistinctWithinALocalDay() throws IOException {
        Instant midnight = Instant.parse("2026-03-13T16:00:00Z");
        for (int day = 0; day < 3; day++) {
            Set<String> ids = new HashSet<>();
            Set<String> plates = new HashSet<>();
            int passages = 0;
            Instant from = midnight.plus(DAY.multipliedBy(day));
            for (Publication publication : new ScenarioPlayer(DEMO).between(from, from.plus(DAY))) {
                if (publication.topic().endsWith("/passage")) {
                    JsonNode body = JSON.readTree(publication.payload());
                    ids.add(publication.site() + body.get("id").asText());
                    plates.add(body.get("plate").asText());
                    passages++;
                }
            }
            assertEquals(passages, ids.size());
            assertEquals(passages, plates.size());
            assertTrue(passages > 100);
        }
    }

    @Test
    void opensWithEachDeviceOnlineAndRetained() {
        List<Publication> opening = new ScenarioPlayer(DEMO).opening(NOON);
        List<Publication> statuses =
                opening.stream().filter(one -> one.topic().endsWith("/status")).toList();
        assertEquals(DEMO.deviceCount(), statuses.size());
        assertTrue(statuses.stream().allMatch(one -> one.retain() && one.text().equals("{\"state\":\"online\"}")));
        assertTrue(opening.stream().filter(Publication::retain).count() == statuses.size());
    }

    @Test
    void anotherTimeInsideIsTheStampedOne() throws IOException {
        Instant wall = Instant.parse("2030-01-01T00:00:00Z");
        List<Publication> hour = new ScenarioPlayer(DEMO).between(NOON, NOON.plus(Duration.ofHours(1)),
                at -> wall.plus(Duration.between(NOON, at).dividedBy(60)));
        for (Publication publication : hour) {
            JsonNode body = JSON.readTree(publication.payload());
            if (body.has("ts") && !publication.site().equals("region")) {
                Instant ts = OffsetDateTime.parse(body.get("ts").asText()).toInstant();
                assertFalse(ts.isBefore(wall) || ts.isAfter(wall.plusSeconds(60)), publication.toString());
            }
        }
    }

    @Test
    void aCompressedScheduleTellsEachRealHourOnce() throws IOException {
        Instant wall = Instant.parse("2030-01-01T00:30:00Z");
        Set<String> hours = new HashSet<>();
        int told = 0;
        for (Publication publication : new ScenarioPlayer(DEMO).between(NOON, NOON.plus(DAY.multipliedBy(3)),
                at -> wall.plus(Duration.between(NOON, at).dividedBy(60)))) {
            if (publication.topic().endsWith("/background")) {
                hours.add(JSON.readTree(publication.payload()).get("ts").asText());
                told++;
            }
        }
        assertEquals(told, hours.size());
        assertTrue(told >= 1 && told <= 2, told + " hours told in 72 minutes");
    }
}
