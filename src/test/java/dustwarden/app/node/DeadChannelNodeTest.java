package dustwarden.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.notify.Platform;
import dustwarden.notify.RobotServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that refuses us is an alarm in the list of a running node, told by another one, and a restart repeats nothing. */
class DeadChannelNodeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MOST = Duration.ofSeconds(60);

    @TempDir
    private Path temp;

    private final AtomicInteger ids = new AtomicInteger();

    private Path settings(RobotServer bad, RobotServer good) throws Exception {
        Files.createDirectories(temp.resolve("register"));
        Files.writeString(temp.resolve("register/s-1.yaml"), """
                site: s-1
                name: {zh: 工地, en: Site}
                region: "410000/410700"
                rulebook: [henan-seven]
                contacts: [{role: supervisor, name: Li, channels: [bad, good], language: en}]
                gates: [{id: gate-a}]
                devices: [{id: wash-a, kind: gate, gate: gate-a, every: PT1H}]
                """);
        return Files.writeString(temp.resolve("serve.yaml"), """
                http: {public: "https://dust.example"}
                notify:
                  channels:
                    bad: {kind: webhook, url: "%s", secret: SECof-the-test}
                    good: {kind: webhook, url: "%s"}
                """.formatted(bad.url("/bad"), good.url("/good")));
    }

    private void unwashed(RunningNode node) throws Exception {
        HttpResponse<String> taken = node.asAdministrator("POST", "/api/v1/observations/s-1/wash-a/passage", """
                {"ts":"%s","id":"p-%d","direction":"out","loaded":true,"covered":true,
                "wash":{"seconds":0,"pump":false,"wheels":"dirty"}}""".formatted(Instant.now(), ids.incrementAndGet()));
        assertTrue(taken.statusCode() / 100 == 2, taken.body());
    }

    private static List<JsonNode> listed(RunningNode node, String path) throws Exception {
        HttpResponse<String> answer = node.asAdministrator("GET", path, "");
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body()).path("items").findParents("id");
    }

    private static JsonNode awaited(RunningNode node, String state) throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        List<JsonNode> found = List.of();
        while (System.nanoTime() < end) {
            found = listed(node, "/api/v1/alarms?site=region");
            for (JsonNode alarm : found) {
                if (alarm.path("rule").asText().equals("channel-dead") && alarm.path("state").asText().equals(state)) {
                    return alarm;
                }
            }
            LockSupport.parkNanos(200_000_000);
        }
        throw new AssertionError("no alarm of the channel is " + state + " within a minute: " + found);
    }

    @Test
    void itStandsInTheListAndIsToldOnceAlsoOverARestart() throws Exception {
        try (RobotServer bad = new RobotServer((path, body) -> new Platform.Answer(401, ""));
                RobotServer good = new RobotServer((path, body) -> new Platform.Answer(200, ""))) {
            Path config = settings(bad, good);
            String id;
            int told;
            try (RunningNode node = new RunningNode(temp.resolve("data"), temp.resolve("register"), Optional.of(config))) {
                unwashed(node);
                JsonNode alarm = awaited(node, "raised");
                id = alarm.path("id").asText();
                assertEquals("bad", alarm.path("subject").asText());
                assertEquals("devices", alarm.path("item").asText());
                long end = System.nanoTime() + MOST.toNanos();
                while (System.nanoTime() < end && good.requests.stream().noneMatch(r -> r.toString().contains(id))) {
                    LockSupport.parkNanos(100_000_000);
                }
                assertTrue(listed(node, "/api/v1/notices?alarm=" + id).stream()
                        .anyMatch(n -> n.path("channel").asText().equals("good") && n.path("receiver").asText().equals("Li")
                                && n.path("language").asText().equals("en")));
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                told = good.requests.size();
                JsonNode figures = JSON.readTree(node.asAdministrator("GET", "/api/v1/alarms/figures", "").body());
                JsonNode li = figures.path("byReceiver").get(0);
                assertEquals("Li", li.path("receiver").asText());
                assertEquals(told, li.path("messages").asInt(), figures.toString());
                assertTrue(li.path("notices").asInt() >= 2, "a fallen-back notice counts once: " + figures);
                assertEquals(0, figures.path("suppression").path("unauthorised").asInt(), figures.toString());
                assertEquals(1.0, figures.path("frequent").path("share").asDouble(), figures.toString());
            }
            try (RunningNode node = new RunningNode(temp.resolve("data"), temp.resolve("register"), Optional.of(config))) {
                assertEquals(id, awaited(node, "raised").path("id").asText(), "a restart raises no second one");
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
                assertEquals(told, good.requests.size(), "a restart tells nothing again");
                assertEquals(1, listed(node, "/api/v1/alarms?site=region").size());
            }
        }
    }
}
