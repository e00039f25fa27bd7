package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.model.Claim;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Register;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnDecoderTest {
    private static final Register REGISTER = Sites.register();
    private static final long RECEIVED = Instant.parse("2026-03-14T01:00:01.250Z").toEpochMilli();
    private static final String TS = "\"ts\":\"2026-03-14T09:00:00+08:00\"";

    private static List<Decoded> decode(String topic, byte[] payload) {
        return OwnDecoder.decode(REGISTER, topic, payload, OptionalLong.empty(), RECEIVED);
    }

    private static List<Decoded> decode(String topic, String payload) {
        return decode(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(Decoded decoded) {
        return decoded instanceof Decoded.Rejected r ? r.reason() : "accepted";
    }

    /** The only answer's reason, or {@code accepted}. */
    private static String one(String topic, String payload) {
        List<Decoded> all = decode(topic, payload);
        assertEquals(1, all.size(), all::toString);
        return reason(all.get(0));
    }

    private static String reading(String fields) {
        return one("dust/v1/site-1/monitor-1/reading", "{" + fields + "}");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Observation> T accepted(String topic, String payload) {
        Decoded decoded = decode(topic, payload).get(0);
        Decoded.Accepted accepted = assertInstanceOf(Decoded.Accepted.class, decoded, decoded::toString);
        assertEquals(1, accepted.observations().size());
        return (T) accepted.observations().get(0);
    }

    @Test
    void readsEveryQuantityWithItsFlag() {
        Observation.Reading reading = accepted("dust/v1/site-1/monitor-1/reading", "{" + TS + ",\"seq\":7,\"values\":{"
                + "\"pm10\":118.0,\"pm25\":61.0,\"tsp\":217.0,\"noise\":63.2,\"windSpeed\":2.1,\"windDirection\":120,"
                + "\"temperature\":12.6,\"humidity\":32.0,\"pressure\":101.3,\"rain\":0.2},"
                + "\"flags\":{\"pm10\":\"D\",\"tsp\":null}}");
        assertEquals(Quantity.values().length, reading.values().size());
        assertEquals(Flag.D, reading.values().get(Quantity.PM10).flag());
        assertEquals(Flag.N, reading.values().get(Quantity.TSP).flag());
        assertEquals(118.0, reading.values().get(Quantity.PM10).number());
        assertEquals(OptionalLong.of(7), reading.seq());
        assertEquals(RECEIVED - 1250, reading.ts());
    }

    @Test
    void takesTheTopicsThatAreOurs() {
        String body = "{" + TS + ",\"values\":{\"pm10\":1}}";
        assertEquals("accepted", one("dust/v1/site-1/monitor-1/reading", body));
        for (String wrong : List.of(
                "dust/v1/site-1/monitor-1/readings", "dust/v1/site-1/monitor-1", "dust/v1/site-1/monitor-1/reading/x",
                "dust/v1/Site-1/monitor-1/reading", "dust/v1/-s/monitor-1/reading", "dust/v2/site-1/monitor-1/reading",
                "dust/v1/site-1//reading", "dust/v1/region/r/reading", "dust/v1/site-1/monitor-1/camera",
                "dust/v1/" + "s".repeat(33) + "/monitor-1/reading", "", "/")) {
            assertEquals("wrong-topic", one(wrong, body), wrong);
        }
        assertEquals("unknown-site", one("dust/v1/site-2/monitor-1/reading", body));
        assertEquals("unknown-device", one("dust/v1/site-1/monitor-2/reading", body));
        assertEquals("unknown-site", one("dust/v1/site-2/monitor-1/camera", body));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "not-json      | {",
        "not-json      | {\"ts\":1,}",
        "not-json      | {\"values\":{\"pm10\":NaN}}",
        "not-json      | {\"values\":{\"pm10\":Infinity}}",
        "not-json      | {\"values\":{\"pm10\":-Infinity}}",
        "not-json      | {\"values\":{\"pm10\":01}}",
        "not-json      | {\"values\":{\"pm10\":1}} x",
        "not-json      | {\"values\":{\"pm10\":1}}{}",
        "not-json      | {'values':{}}",
        "not-json      | {\"ts\":1,\"ts\":1}",
        "not-json      | {\"x\":{\"y\":[{\"z\":1,\"z\":2}]}}",
        "not-json      | {\"values\":{\"pm10\":1,\"pm10\":1}}",
        "not-json      | [{\"ts\":1}",
        "not-json      | // x",
        "wrong-type    | 5",
        "wrong-type    | null",
        "wrong-type    | \"x\"",
        "wrong-type    | [5]",
        "wrong-type    | [[]]",
        "missing-field | []",
        "missing-field | {}",
        "not-json      | ``",
        "not-json      | ` `",
    })
    void refusesWhatIsNoBody(String reason, String payload) {
        assertEquals(reason, one("dust/v1/site-1/monitor-1/reading", payload));
    }

    @Test
    void refusesReadingsOneByOne() {
        String values = "\"values\":{\"pm10\":1}";
        assertEquals("missing-field", reading(values));
        assertEquals("missing-field", reading("\"ts\":null," + values));
        assertEquals("missing-field", reading(TS));
        assertEquals("missing-field", reading(TS + ",\"values\":{}"));
        assertEquals("missing-field", reading(TS + ",\"values\":{\"pm10\":null}"));
        assertEquals("missing-field", reading(TS + ",\"values\":{\"radon\":1}"));
        assertEquals("wrong-type", reading(TS + ",\"values\":[1]"));
        assertEquals("wrong-type", reading(TS + ",\"values\":{\"pm10\":\"1\"}"));
        assertEquals("wrong-type", reading(TS + ",\"values\":{\"pm10\":true}"));
        assertEquals("wrong-type", reading(TS + ",\"values\":{\"pm10\":{}}"));
        assertEquals("wrong-type", reading(TS + ",\"values\":{\"pm10\":1,\"tsp\":\"x\"}"));
        assertEquals("wrong-type", reading(TS + "," + values + ",\"flags\":{\"pm10\":\"Q\"}"));
        assertEquals("wrong-type", reading(TS + "," + values + ",\"flags\":{\"pm10\":\"n\"}"));
        assertEquals("wrong-type", reading(TS + "," + values + ",\"flags\":{\"pm10\":1}"));
        assertEquals("wrong-type", reading(TS + "," + values + ",\"seq\":1.5"));
        assertEquals("wrong-type", reading(TS + "," + values + ",\"seq\":\"1\""));
        assertEquals("out-of-range", reading(TS + "," + values + ",\"seq\":-1"));
        assertEquals("out-of-range", reading(TS + "," + values + ",\"seq\":" + "9".repeat(40)));
        assertEquals("accepted", reading(TS + "," + values + ",\"seq\":null,\"more\":{\"a\":[1,{}]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "pm10,0,100000", "pm25,0,100000", "tsp,0,100000", "noise,0,160", "windSpeed,0,75", "windDirection,0,360",
        "temperature,-60,80", "humidity,0,100", "pressure,30,120", "rain,0,200"
    })
    void keepsToTheRangeOfAQuantity(String quantity, double min, double max) {
        String[][] table = {
            {"" + min, "accepted"}, {"" + max, "accepted"}, {"" + (min - 0.001), "out-of-range"},
            {"" + (max + 0.001), "out-of-range"}, {"1e999", "out-of-range"}, {"-1e999", "out-of-range"},
            {"9".repeat(5000), "out-of-range"}, {"1e" + "9".repeat(5000), "out-of-range"}
        };
        for (String[] row : table) {
            assertEquals(row[1], reading(TS + ",\"values\":{\"" + quantity + "\":" + row[0] + "}"), row[0]);
        }
        String flagT = ",\"flags\":{\"" + quantity + "\":\"T\"}";
        assertEquals("accepted", reading(TS + ",\"values\":{\"" + quantity + "\":" + (max + 1) + "}" + flagT));
        assertEquals("out-of-range", reading(TS + ",\"values\":{\"" + quantity + "\":" + (min - 1) + "}" + flagT));
        assertEquals("out-of-range", reading(TS + ",\"values\":{\"" + quantity + "\":1e999}" + flagT));
    }

    @ParameterizedTest
    @CsvSource({
        "accepted,     \"2026-03-14T09:00:00+08:00\"",
        "accepted,     \"2026-03-14T01:00:00Z\"",
        "accepted,     \"2026-03-14t01:00:00.123456789z\"",
        "accepted,     \"2026-03-13T20:30:00-04:30\"",
        "accepted,     1773450000000",
        "accepted,     \"2026-03-13T23:59:60Z\"",
        "wrong-type,   \"2026-03-14T09:00:60+08:00\"",
        "wrong-type,   \"2026-03-14T09:00:00\"",
        "wrong-type,   \"2026-03-14 09:00:00+08:00\"",
        "wrong-type,   \"2026-03-14T09:00:00+0800\"",
        "wrong-type,   \"2026-03-14T09:00:00.+08:00\"",
        "wrong-type,   \"2026-02-30T09:00:00+08:00\"",
        "wrong-type,   \"2026-03-14T24:00:00+08:00\"",
        "wrong-type,   \"10000-03-14T09:00:00+08:00\"",
        "wrong-type,   \"1773450000000\"",
        "wrong-type,   \"\"",
        "wrong-type,   true",
        "wrong-type,   1773450000000.5",
        "time-ancient, 1773450000",
        "time-ancient, -1",
        "time-ancient, -9223372036854775808",
        "time-ancient, -99999999999999999999999",
        "time-future,  9223372036854775807",
        "time-future,  9223372036854775808",
        "time-future,  1e999",
        "time-future,  \"9999-12-31T23:59:59Z\"",
    })
    void readsTimes(String reason, String ts) {
        assertEquals(reason, reading("\"values\":{\"pm10\":1},\"ts\":" + ts));
    }

    @Test
    void keepsToTheBoundsOfTime() {
        long day = 24 * 3_600_000L;
        assertEquals("accepted", reading("\"values\":{\"pm10\":1},\"ts\":" + (RECEIVED + day)));
        assertEquals("time-future", reading("\"values\":{\"pm10\":1},\"ts\":" + (RECEIVED + day + 1)));
        assertEquals("accepted", reading("\"values\":{\"pm10\":1},\"ts\":" + (RECEIVED - 30 * day)));
        assertEquals("time-ancient", reading("\"values\":{\"pm10\":1},\"ts\":" + (RECEIVED - 30 * day - 1)));
    }

    @Test
    void judgesEachElementAlone() {
        List<Decoded> all = decode("dust/v1/site-1/monitor-1/reading", "[{" + TS + ",\"values\":{\"pm10\":1}},"
                + "{\"ts\":1,\"values\":{\"pm10\":1}},{" + TS + ",\"values\":{\"pm10\":-1}},7]");
        assertEquals(
                List.of("accepted", "time-ancient", "out-of-range", "wrong-type"),
                all.stream().map(OwnDecoderTest::reason).toList());
        assertEquals(1000, decode("dust/v1/site-1/monitor-1/reading", "[" + "{},".repeat(999) + "{}]").size());
        assertEquals("too-many", one("dust/v1/site-1/monitor-1/reading", "[" + "{},".repeat(1000) + "{}]"));
        assertEquals("not-json", one("dust/v1/site-1/monitor-1/reading", "[" + "{},".repeat(1000) + "{}"));
    }

    @Test
    void refusesWhatIsTooLargeOrNotUtf8OrTooDeep() {
        String topic = "dust/v1/site-1/monitor-1/reading";
        String body = "{" + TS + ",\"values\":{\"pm10\":1}}";
        String padded = body + " ".repeat(OwnDecoder.PAYLOAD_BYTES_MAX - body.length());
        assertEquals("accepted", one(topic, padded));
        assertEquals("too-large", one(topic, padded + " "));
        assertEquals("too-large", reason(OwnDecoder.decode(
                REGISTER, topic, new byte[1024], OptionalLong.of(70_000), RECEIVED).get(0)));
        assertEquals("not-utf8", reason(decode(topic, new byte[] {'{', (byte) 0xff, '}'}).get(0)));
        assertEquals("not-utf8", reason(decode(topic, new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}).get(0)));
        assertEquals("not-json", reason(decode(topic, body.getBytes(StandardCharsets.UTF_16LE)).get(0)));
        assertEquals("not-json", one(topic, "{\"x\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"));
        assertEquals("not-json", one(topic, "[".repeat(60_000)));
    }

    @Test
    void namesTheQuantitiesItIgnored() {
        Decoded decoded = decode("dust/v1/site-1/monitor-1/reading",
                "{" + TS + ",\"values\":{\"pm10\":1,\"radon\":2,\"co\":\"x\"}}").get(0);
        String ignored = ((Decoded.Accepted) decoded).ignored().orElseThrow();
        assertTrue(ignored.startsWith("2 ") && ignored.contains("radon") && ignored.contains("co"), ignored);
    }

    @Test
    void takesAbsentAsUnknown() {
        Observation.Passage passage = accepted(
                "dust/v1/site-1/gate-1/passage", "{" + TS + ",\"id\":\"7\",\"direction\":\"out\",\"wash\":null}");
        assertEquals(Observation.Vehicle.TRUCK, passage.vehicle());
        assertEquals(Claim.UNKNOWN, passage.covered());
        assertEquals(Observation.Wash.UNKNOWN, passage.wash());
        assertEquals(Optional.empty(), passage.cargo());

        Observation.UnitReport good = accepted(
                "dust/v1/site-1/unit-sensor-1/unit", "{" + TS + ",\"unit\":\"fence-01\",\"good\":true}");
        assertEquals(1.0, good.share());
        assertEquals(Observation.Source.SENSOR, good.source());
        assertEquals(Observation.By.CONTRACTOR, good.by());
        assertTrue(good.confirmed());
        Observation.UnitReport bad = accepted("dust/v1/site-1/camera-1/unit",
                "{" + TS + ",\"unit\":\"fence-01\",\"good\":false,\"confirmed\":false}");
        assertEquals(0.0, bad.share());
        assertEquals(Observation.Source.CAMERA, bad.source());

        Observation.Camera camera = accepted("dust/v1/site-1/camera-1/camera", "{" + TS + ",\"online\":true}");
        assertEquals(Claim.UNKNOWN, camera.recording());
        Observation.Spray spray = accepted("dust/v1/site-1/spray-1/spray", "{" + TS + ",\"on\":true}");
        assertEquals(OptionalDouble.empty(), spray.flow());
        Observation.Status status = accepted("dust/v1/site-1/spray-1/status", "{\"state\":\"offline\"}");
        assertEquals(RECEIVED, status.ts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "accepted      | camera-1/camera        | \"online\":true,\"recording\":false,\"blocked\":null",
        "missing-field | camera-1/camera        | \"recording\":true",
        "wrong-type    | camera-1/camera        | \"online\":1",
        "wrong-type    | camera-1/camera        | \"online\":true,\"moved\":\"no\"",
        "missing-field | gate-1/passage         | \"direction\":\"out\"",
        "missing-field | gate-1/passage         | \"id\":\"\",\"direction\":\"out\"",
        "missing-field | gate-1/passage         | \"id\":\"1\"",
        "wrong-type    | gate-1/passage         | \"id\":1,\"direction\":\"out\"",
        "wrong-type    | gate-1/passage         | \"id\":\"1\",\"direction\":\"up\"",
        "wrong-type    | gate-1/passage         | \"id\":\"1\",\"direction\":\"out\",\"wash\":5",
        "out-of-range  | gate-1/passage         | \"id\":\"1\",\"direction\":\"out\",\"wash\":{\"seconds\":-1}",
        "accepted      | gate-1/passage         | \"id\":\"1\",\"direction\":\"in\",\"vehicle\":\"other-heavy\"",
        "wrong-type    | gate-1/passage         | \"id\":\"1\",\"direction\":\"in\",\"vehicle\":\"bike\"",
        "accepted      | unit-sensor-1/unit     | \"unit\":\"fence-01\",\"good\":true,\"share\":0.5",
        "out-of-range  | unit-sensor-1/unit     | \"unit\":\"fence-01\",\"good\":true,\"share\":1.01",
        "unknown-unit  | unit-sensor-1/unit     | \"unit\":\"fence-99\",\"good\":true",
        "missing-field | unit-sensor-1/unit     | \"unit\":\"fence-01\"",
        "accepted      | activity-1/activity    | \"activity\":\"loading\",\"running\":true,\"zone\":\"fence-01\"",
        "wrong-type    | activity-1/activity    | \"activity\":\"dancing\",\"running\":true",
        "missing-field | activity-1/activity    | \"activity\":\"loading\"",
        "missing-field | spray-1/spray          | \"flow\":1",
        "out-of-range  | spray-1/spray          | \"on\":true,\"flow\":-1",
        "wrong-type    | spray-1/status         | \"state\":\"asleep\"",
        "missing-field | spray-1/status         | \"x\":1",
    })
    void refusesEachStreamsOwnMistakes(String reason, String path, String fields) {
        assertEquals(reason, one("dust/v1/site-1/" + path, "{" + TS + "," + fields + "}"));
    }

    @Test
    void boundsTexts() {
        String fields = TS + ",\"direction\":\"out\",\"id\":\"";
        String face = "😀";
        assertEquals("accepted", one("dust/v1/site-1/gate-1/passage", "{" + fields + face.repeat(256) + "\"}"));
        assertEquals("out-of-range", one("dust/v1/site-1/gate-1/passage", "{" + fields + face.repeat(257) + "\"}"));
        assertEquals("not-utf8", one("dust/v1/site-1/gate-1/passage", "{" + fields + "\\ud83d\"}"));
    }

    @Test
    void readsWhatIsSaidOfARegion() {
        Observation.Background background = accepted(
                "dust/v1/region/grid-12/background", "{" + TS + ",\"period\":\"PT1H\",\"values\":{\"pm10\":96.0}}");
        assertEquals("grid-12", background.site());
        assertEquals(3_600_000, background.periodMs());
        assertEquals("wrong-type", one("dust/v1/region/g/background", "{" + TS + ",\"period\":1,\"values\":{\"pm10\":9}}"));
        assertEquals("out-of-range",
                one("dust/v1/region/g/background", "{" + TS + ",\"period\":\"PT0S\",\"values\":{\"pm10\":9}}"));
        Observation.Order order = accepted("dust/v1/region/410000/order", "{\"id\":\"o1\",\"kind\":\"pollution\","
                + "\"grade\":\"red\",\"from\":\"2026-03-20T00:00:00+08:00\",\"to\":\"2026-03-25T00:00:00+08:00\","
                + "\"bans\":[\"earthwork\",\"painting\"],\"exempt\":[\"site-1\"]}");
        assertEquals(1, order.bans().size());
        assertEquals(List.of("site-1"), order.exempt());
        assertEquals("missing-field", one("dust/v1/region/410000/order", "{\"id\":\"o1\",\"kind\":\"wind\",\"from\":1}"));
        assertEquals("wrong-type", one("dust/v1/region/410000/order", "{\"id\":\"o1\",\"kind\":\"moon\",\"from\":1,\"to\":2}"));
    }

    @Test
    void findsTheStreamWhereNoTopicIsGiven() {
        Decoded decoded = OwnDecoder.decodeAlone(Optional.empty(),
                "{\"ts\":1,\"on\":true,\"flow\":3}".getBytes(StandardCharsets.UTF_8)).get(0);
        assertInstanceOf(Observation.Spray.class, ((Decoded.Accepted) decoded).observations().get(0));
    }
}
