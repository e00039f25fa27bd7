package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every message of five days is one that a device of its kind may send, with all required fields, in range. */
class PayloadTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<SimulatedDevice.Kind, Set<String>> STREAMS = Map.of(
            SimulatedDevice.Kind.MONITOR, Set.of("reading", "status"),
            SimulatedDevice.Kind.CAMERA, Set.of("camera", "unit", "passage", "activity", "status"),
            SimulatedDevice.Kind.GATE, Set.of("passage", "status"),
            SimulatedDevice.Kind.UNIT_SENSOR, Set.of("unit", "status"),
            SimulatedDevice.Kind.SPRAY, Set.of("spray", "status"),
            SimulatedDevice.Kind.ACTIVITY, Set.of("activity", "status"));

    @Test
    void allBodiesAreWellFormed() throws IOException {
        Scenario demo = ScenarioFile.shipped(ScenarioFile.DEMO);
        ScenarioPlayer player = new ScenarioPlayer(demo);
        Instant start = Instant.parse("2026-03-14T00:00:00Z");
        for (Publication publication : player.opening(start)) {
            check(demo, publication);
        }
        for (Publication publication : player.between(start, start.plus(Duration.ofDays(5)))) {
            check(demo, publication);
        }
    }

    private static void check(Scenario demo, Publication publication) throws IOException {
        JsonNode body = JSON.readTree(publication.payload());
        String[] parts = publication.topic().split("/");
        assertEquals(5, parts.length, publication.topic());
        if (parts[2].equals("region")) {
            checkRegion(parts[4], body, publication);
            return;
        }
        SimulatedSite site = demo.sites().stream().map(SiteScript::site)
                .filter(one -> one.id().equals(parts[2])).findFirst().orElseThrow();
        SimulatedDevice device = site.device(parts[3]).orElseThrow();
        assertTrue(STREAMS.get(device.kind()).contains(parts[4]), publication.topic());
        assertEquals(parts[4].equals("status"), publication.retain());
        if (!parts[4].equals("status")) {
            OffsetDateTime.parse(body.get("ts").asText());
        }
        switch (parts[4]) {
            case "reading" -> checkReading(body, publication);
            case "camera" -> assertTrue(body.get("online").isBoolean() && body.get("recording").isBoolean());
            case "passage" -> checkPassage(body, publication);
            case "unit" -> {
                assertTrue(site.units().contains(body.get("unit").asText()), publication.toString());
                assertTrue(body.get("good").isBoolean());
                within(body.get("share"), 0, 1, publication);
                assertTrue(Set.of("sensor", "camera", "drone", "survey").contains(body.get("source").asText()));
            }
            case "activity" -> {
                assertEquals(device.activity().orElseThrow(), body.get("activity").asText());
                assertTrue(body.get("running").isBoolean());
                assertTrue(!body.has("zone") || site.units().contains(body.get("zone").asText()));
            }
            case "spray" -> {
                assertTrue(body.get("on").isBoolean());
                assertEquals(body.get("on").asBoolean(), body.get("flow").asDouble() >= 1);
            }
            case "status" -> assertEquals("online", body.get("state").asText());
            default -> throw new AssertionError(publication.topic());
        }
    }

    private static void checkReading(JsonNode body, Publication publication) {
        JsonNode values = body.get("values");
        assertTrue(values.has("pm10"), publication.toString());
        values.fields().forEachRemaining(value -> {
            switch (value.getKey()) {
                case "pm10", "pm25", "tsp" -> within(value.getValue(), 0, 100_000, publication);
                case "noise" -> within(value.getValue(), 0, 160, publication);
                case "windSpeed" -> within(value.getValue(), 0, 7.9, publication);   // below level 5
                case "windDirection" -> within(value.getValue(), 0, 360, publication);
                case "temperature" -> within(value.getValue(), 4.1, 60, publication);   // no frost
                case "humidity" -> within(value.getValue(), 0, 100, publication);
                case "pressure" -> within(value.getValue(), 90, 110, publication);
                case "rain" -> within(value.getValue(), 0, 1, publication);
                default -> throw new AssertionError("unknown quantity in " + publication);
            }
        });
    }

    private static void checkPassage(JsonNode body, Publication publication) {
        assertTrue(body.get("id").asText().length() <= 256 && !body.get("id").asText().isEmpty());
        assertTrue(Set.of("in", "out").contains(body.get("direction").asText()), publication.toString());
        assertTrue(Set.of("truck", "mixer", "other-heavy", "car").contains(body.get("vehicle").asText()));
        assertTrue(Set.of("spoil", "sand", "concrete", "other", "none").contains(body.get("cargo").asText()));
        assertTrue(body.get("plate").asText().matches("[豫冀][A-Z]\\d{5}"), publication.toString());
        if (body.get("direction").asText().equals("out")) {
            assertTrue(Set.of("clean", "dirty", "unknown").contains(body.get("wash").get("wheels").asText()));
            within(body.get("wash").get("seconds"), 0, 600, publication);
        }
    }

    private static void checkRegion(String stream, JsonNode body, Publication publication) {
        if (stream.equals("background")) {
            OffsetDateTime start = OffsetDateTime.parse(body.get("ts").asText());
            assertEquals(0, start.getMinute() + start.getSecond());
            assertEquals("PT1H", body.get("period").asText());
            within(body.get("values").get("pm10"), 1, 1000, publication);
            Duration late = Duration.between(start.plusHours(1).toInstant(), publication.at());
            assertEquals(Duration.ofMinutes(12), late);
        } else {
            assertEquals("order", stream);
            OffsetDateTime from = OffsetDateTime.parse(body.get("from").asText());
            assertEquals(from.plusHours(1), OffsetDateTime.parse(body.get("to").asText()));
            assertTrue(publication.at().isBefore(from.toInstant()));
            assertTrue(body.get("bans").size() > 0 && !body.get("id").asText().isEmpty());
        }
    }

    private static void within(JsonNode value, double low, double high, Publication publication) {
        assertTrue(value.isNumber() && value.asDouble() >= low && value.asDouble() <= high, publication.toString());
    }
}
