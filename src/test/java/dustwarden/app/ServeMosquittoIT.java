package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar in production on Debian's mosquitto with TLS and a password. */
class ServeMosquittoIT {
    static final String TOKEN = "admin-token-of-the-it-5f02";
    static final String SITE = "xx-hongqi-01";
    private static final Duration MOST = Duration.ofSeconds(30);
    private static Mosquitto broker;
    private static PackagedJar serve;
    private static Api api;
    private static Field field;
    private static long now;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        broker = Mosquitto.start(Files.createDirectory(temp.resolve("mosquitto")));
        serve = PackagedJar.run(temp, "serve", "--config", settings(temp, broker).toString());
        api = serve.api(TOKEN);
        field = Field.over(broker);
        now = System.currentTimeMillis() / 60_000 * 60_000 - 3_600_000;
    }

    @AfterAll
    static void stop() throws Exception {
        if (field != null) {
            field.close();
        }
        if (serve != null) {
            serve.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    /** Settings for a data directory and a register under {@code temp}. */
    static Path settings(Path temp, Mosquitto broker) throws Exception {
        Path register = Files.createDirectories(temp.resolve("register"));
        Files.copy(Path.of("devices/sites", SITE + ".yaml"), register.resolve(SITE + ".yaml"));
        return Files.writeString(temp.resolve("serve.yaml"), """
                data: %s/data
                register: %s
                http: {host: 127.0.0.1, port: 0}
                management: {host: 127.0.0.1, port: 0}
                hj212: {port: 0}
                mqtt:
                  broker: %s
                  username: %s
                  password: "%s"
                  tls: {ca: %s}
                auth: {token: "%s"}
                """.formatted(temp, register, broker.uri(), Mosquitto.USER, Mosquitto.PASSWORD,
                        broker.certificateFile(), TOKEN));
    }

    static Map<String, Integer> rejections(JsonNode device) {
        Map<String, Integer> counts = new TreeMap<>();
        device.get("rejections").fields().forEachRemaining(e -> counts.put(e.getKey(), e.getValue().asInt()));
        return counts;
    }

    private static String points(String device, long from, long to) {
        return "/api/v1/sites/" + SITE + "/series?quantity=pm10&device=" + device + "&from=" + Instant.ofEpochMilli(from)
                + "&to=" + Instant.ofEpochMilli(to);
    }

    @Test
    void everyAcceptedReadingIsThereOnceHoweverOftenItCame() throws Exception {
        for (int copy = 0; copy < 3; copy++) {
            for (int i = 0; i < 200; i++) {
                field.send(SITE + "/dust-1/reading", Field.reading(now + i * 1_000L, 50 + i));
            }
        }
        field.send(SITE + "/dust-1/reading", Field.reading(now, 999));
        field.acknowledged();
        Await.until("all is refused that came again" + serve, MOST, () ->
                rejections(api.device(SITE, "dust-1")).equals(Map.of("duplicate", 400, "conflict", 1)));
        List<JsonNode> points = api.all(points("dust-1", now, now + 200_000), "points");
        assertEquals(
                IntStream.range(0, 200).mapToObj(i -> 50.0 + i).toList(),
                points.stream().map(p -> p.get("value").asDouble()).toList());
    }

    @Test
    void anUnwashedTruckIsAViolationAndAnAlarmAtOnce() throws Exception {
        long ts = System.currentTimeMillis() - 2_000;
        field.send(SITE + "/wash-a/passage", Field.passage(ts, "clean-1", true));
        field.send(SITE + "/wash-a/passage", Field.passage(ts + 1, "dirty-1", false));
        field.acknowledged();
        Await.until("washing is violated" + serve, MOST, () ->
                api.item(SITE, "washing").get("state").asText().equals("VIOLATION"));
        JsonNode item = api.item(SITE, "washing");
        assertEquals(0.5, item.get("low").asDouble(), 1e-9, item.toString());
        List<JsonNode> alarms = Await.found("the alarm is listed", MOST, () ->
                Optional.of(api.all("/api/v1/alarms?site=" + SITE + "&item=washing", "items")).filter(a -> !a.isEmpty()));
        assertEquals(1, alarms.size());
        JsonNode alarm = alarms.get(0);
        assertEquals("gate-a", alarm.get("subject").asText());
        assertEquals("henan-seven/washing", alarm.get("rule").asText());
        assertEquals("raised", api.json("/api/v1/alarms/" + alarm.get("id").asText()).get("state").asText());
        assertEquals(9, api.json("/api/v1/sites/" + SITE + "/checklist").get("items").size());
    }

    @Test
    void badInputOfEveryKindIsRefusedByNameAndTheStreamGoesOn() throws Exception {
        long ts = now;
        String reading = SITE + "/dust-2/reading";
        Map<String, List<String>> bodies = Map.of(
                "not-json", List.of("hello", "{\"ts\":" + ts, "{\"ts\":" + ts + ",\"values\":{\"pm10\":NaN}}",
                        "{\"ts\":" + ts + ",\"values\":{\"pm10\":1}} rubbish"),
                "wrong-type", List.of("{\"ts\":" + ts + ",\"values\":{\"pm10\":\"high\"}}", "3", "{\"ts\":true,\"values\":{\"pm10\":1}}",
                        "{\"ts\":\"yesterday\",\"values\":{\"pm10\":1}}"),
                "missing-field", List.of("{\"values\":{\"pm10\":1}}", "{\"ts\":" + ts + "}"),
                "out-of-range", List.of(Field.reading(ts, -1), Field.reading(ts, 1e300),
                        "{\"ts\":" + ts + ",\"values\":{\"pm10\":1" + "0".repeat(400) + "}}"),
                "time-future", List.of(Field.reading(System.currentTimeMillis() + 25 * 3_600_000L, 1)),
                "time-ancient", List.of(Field.reading(System.currentTimeMillis() - 31 * 86_400_000L, 1)),
                "too-many", List.of(IntStream.rangeClosed(0, 1_000).mapToObj(i -> Field.reading(ts + i, 1))
                        .collect(Collectors.joining(",", "[", "]"))));
        for (List<String> all : bodies.values()) {
            for (String body : all) {
                field.send(reading, body);
            }
        }
        byte[] megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) ' ');
        field.send(reading, megabyte);
        field.send(reading, new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'});
        field.send(SITE + "/dust-2/passage", Field.passage(ts, "p1", true));
        field.send("no-such-site/dust-2/reading", Field.reading(ts, 1));
        field.send(SITE + "/no-such-device/reading", Field.reading(ts, 1));
        field.send("UPPER/dust-2/reading", Field.reading(ts, 1));
        field.send(SITE + "/dust-2", Field.reading(ts, 1));
        field.send(reading, Field.reading(ts, 77));
        field.acknowledged();
        Map<String, Integer> wanted = new TreeMap<>(Map.of("too-large", 1, "not-utf8", 1, "wrong-topic", 1));
        bodies.forEach((reason, all) -> wanted.put(reason, all.size()));
        Await.until("the good reading after the bad ones is stored" + serve, MOST, () ->
                api.all(points("dust-2", ts, ts + 1), "points").size() == 1);
        assertEquals(wanted, rejections(api.device(SITE, "dust-2")));
        Api management = new Api(serve.management(), Optional.empty());
        assertEquals(200, management.get("/readyz").statusCode());
        String metrics = management.get("/metrics").body();
        for (String reason : wanted.keySet()) {
            assertTrue(Api.metric(metrics, "dustwarden_rejections_total{reason=\"" + reason + "\"}") >= wanted.get(reason), reason);
        }
        assertEquals(1, Api.metric(metrics, "dustwarden_rejections_total{reason=\"unknown-site\"}"));
        assertEquals(1, Api.metric(metrics, "dustwarden_rejections_total{reason=\"unknown-device\"}"));
        assertTrue(Api.metric(metrics, "dustwarden_entries_total{source=\"mqtt\"}") > 20);
    }

    @Test
    void noSecretIsSaidAnywhere() {
        List<String> secrets = List.of(TOKEN, Mosquitto.PASSWORD);
        List<String> pages = List.of("/api/v1/status", "/api/v1/sites", "/api/v1/sites/" + SITE, "/nowhere", "/");
        String all = serve.said() + pages.stream().map(p -> api.get(p).body()).collect(Collectors.joining())
                + new Api(serve.management(), Optional.empty()).get("/metrics").body()
                + new Api(serve.management(), Optional.empty()).get("/readyz").body();
        secrets.forEach(secret -> assertFalse(all.contains(secret), secret));
        assertTrue(all.getBytes(StandardCharsets.UTF_8).length > 1_000);
    }
}
