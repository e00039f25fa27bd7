package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer sees it, from the first line to the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private static final String TOKEN = "admin-token-of-the-demo-it";
    private static final Set<String> ITEMS = Set.of(
            "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video", "particulates",
            "restrictions");
    private static final Path NEWER_JAVA = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");
    private static final Duration HISTORY_MOST = Duration.ofSeconds(150);
    private static final Duration MOST = Duration.ofSeconds(60);
    private static Path temp;
    private static PackagedJar demo;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) {
        temp = directory;
        demo = demo(Path.of(System.getProperty("java.home")));
        api = demo.api(TOKEN);
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    private static PackagedJar demo(Path java, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of("demo", "--set", "auth.token=" + TOKEN, "--set", "mqtt.port=0"), Stream.of(more))
                .toList();
        return PackagedJar.run(java, temp, PackagedJar.withFreePorts(arguments.toArray(String[]::new)));
    }

    @Test
    @Order(1)
    void listsThreeSitesWithAllNineItemsFromTheStart() {
        List<JsonNode> sites = api.all("/api/v1/sites", "items");
        assertEquals(3, sites.size());
        for (JsonNode site : sites) {
            Set<String> items = new HashSet<>();
            api.json("/api/v1/sites/" + site.get("site").asText() + "/checklist").get("items")
                    .forEach(item -> items.add(item.get("item").asText()));
            assertEquals(ITEMS, items);
        }
        assertEquals(401, new Api(demo.ready(), Optional.empty()).get("/api/v1/sites").statusCode());
    }

    @Test
    @Order(2)
    void theLiveStreamTellsVerdictsAlarmsAndReadings() {
        Set<String> wanted = new HashSet<>(Set.of("event: verdict", "event: alarm", "event: reading", "event: progress"));
        try (Stream<String> lines = api.live()) {
            assertTrue(lines.limit(200_000).anyMatch(line -> wanted.remove(line) && wanted.isEmpty()), wanted + "" + demo);
        }
    }

    @Test
    @Order(3)
    void aViolationIsSeenSoonAndTheDayIsPlayedToItsEnd() {
        Await.until("an alarm is listed" + demo, MOST, () -> api.json("/api/v1/alarms").get("items").size() > 0);
        Await.until("it goes live" + demo, HISTORY_MOST, () ->
                !api.json("/api/v1/status").get("progress").get("playing").asBoolean());
        Set<String> items = api.all("/api/v1/alarms", "items").stream()
                .map(alarm -> alarm.get("item").asText())
                .collect(Collectors.toSet());
        assertTrue(items.containsAll(Set.of("enclosure", "coverage", "washing", "sealed-transport", "wet-work", "video")),
                items.toString());
        for (JsonNode site : api.all("/api/v1/sites", "items")) {
            for (JsonNode device : api.all("/api/v1/sites/" + site.get("site").asText() + "/devices", "items")) {
                assertTrue(device.hasNonNull("lastReport"), device.toString());
            }
        }
        Await.until("live entries come", MOST, () -> {
            String now = api.json("/api/v1/sites/xx-hongqi-01/checklist").get("at").asText();
            return java.time.OffsetDateTime.parse(now).toInstant().isAfter(java.time.Instant.now().minusSeconds(30));
        });
    }

    @Test
    @Order(4)
    void anAlarmIsAcknowledgedOnceAndVerifiedOnlyAfterItReturned() {
        JsonNode raised = api.all("/api/v1/alarms?state=raised", "items").get(0);
        String path = "/api/v1/alarms/" + raised.get("id").asText();
        String act = "{\"person\":\"Li\",\"text\":\"seen\"}";
        assertEquals(409, api.post(path + "/verify", act).statusCode());
        long old = raised.get("version").asLong();
        HttpResponse<String> done = api.post(path + "/acknowledge", "{\"person\":\"Li\",\"text\":\"seen\",\"version\":" + old + "}");
        assertEquals(200, done.statusCode(), done.body());
        assertEquals("acknowledged", Api.read(done.body()).get("state").asText());
        HttpResponse<String> late = api.post(path + "/rectify", "{\"person\":\"Wu\",\"text\":\"late\",\"version\":" + old + "}");
        assertEquals(409, late.statusCode(), late.body());
        Await.until("the list shows it", MOST, () -> api.json(path).get("state").asText().equals("acknowledged"));
        assertEquals(400, api.post(path + "/acknowledge", "{\"text\":\"nobody\"}").statusCode());
        assertEquals(404, api.post("/api/v1/alarms/0000000000000000/acknowledge", act).statusCode());
    }

    @Test
    @Order(5)
    void itEndsInOrderAndLeavesNothing() {
        assertEquals(0, demo.terminate(Duration.ofSeconds(20)), demo.toString());
        assertFalse(demo.said().contains("Exception"), demo.toString());
        assertFalse(demo.said().contains(TOKEN), demo.toString());
    }

    @Test
    @Order(6)
    void itGoesOnWithItsDataAfterAPowerCutAndOnANewerJava() throws Exception {
        String data = "data=" + temp.resolve("kept");
        PackagedJar first = demo(Path.of(System.getProperty("java.home")), "--set", data);
        Api before = first.api(TOKEN);
        List<String> alarms = Await.found("some alarms" + first, HISTORY_MOST, () ->
                Optional.of(ids(before)).filter(ids -> ids.size() >= 3));
        first.kill();
        boolean newer = Files.isDirectory(NEWER_JAVA);
        if (!newer) {
            System.out.println("DemoIT: no newer Java in " + NEWER_JAVA + ", goes on with this one");
        }
        try (PackagedJar again = demo(newer ? NEWER_JAVA : Path.of(System.getProperty("java.home")), "--set", data)) {
            Api after = again.api(TOKEN);
            Await.until("the alarms are still there" + again, MOST, () -> ids(after).containsAll(alarms));
            Await.until("it goes live" + again, HISTORY_MOST, () ->
                    !after.json("/api/v1/status").get("progress").get("playing").asBoolean());
            assertEquals(0, again.terminate(Duration.ofSeconds(20)), again.toString());
            assertFalse(again.said().contains("Exception"), again.toString());
        }
        for (String command : List.of("replay", "verify")) {
            try (PackagedJar checked = PackagedJar.run(temp, command, "--data", temp.resolve("kept").toString())) {
                assertEquals(0, checked.exit(HISTORY_MOST), checked.toString());
            }
        }
    }

    private static List<String> ids(Api api) {
        return api.all("/api/v1/alarms", "items").stream().map(alarm -> alarm.get("id").asText()).toList();
    }

    @Test
    @Order(7)
    void itStopsWithinSecondsInTheMiddleOfTheHistory() {
        try (PackagedJar cut = demo(Path.of(System.getProperty("java.home")))) {
            cut.word("回放过去一天", MOST);
            assertEquals(0, cut.terminate(Duration.ofSeconds(20)), cut.toString());
            assertFalse(cut.said().contains("Exception"), cut.toString());
        }
    }
}
