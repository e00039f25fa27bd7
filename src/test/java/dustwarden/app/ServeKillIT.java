package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts at random moments, and a broker that goes away, while devices report. */
class ServeKillIT {
    private static final String SITE = ServeMosquittoIT.SITE;
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int KILLS = 3;
    private static final long SEED = 20_261_122;

    private final AtomicBoolean enough = new AtomicBoolean();
    private volatile int sent;
    private long first;

    @Test
    void nothingAcknowledgedIsLostOrRepeated(@TempDir Path temp) throws Exception {
        try (Mosquitto broker = Mosquitto.start(Files.createDirectory(temp.resolve("mosquitto")))) {
            String config = ServeMosquittoIT.settings(temp, broker).toString();
            first = System.currentTimeMillis() - 3_600_000;
            PackagedJar serve = PackagedJar.run(temp, "serve", "--config", config);
            serve.ready();
            Thread devices = new Thread(() -> report(broker));
            devices.start();
            Random random = new Random(SEED);
            for (int kill = 0; kill < KILLS; kill++) {
                int until = sent + 200 + random.nextInt(1_500);
                Await.until("devices report", MOST, () -> sent > until);
                serve.kill();
                serve = PackagedJar.run(temp, "serve", "--config", config);
            }
            Api api = serve.api(ServeMosquittoIT.TOKEN);
            enough.set(true);
            devices.join(MOST.toMillis());
            brokerAway(broker, serve);
            sendTo(broker);
            int wanted = sent;
            awaitPoints(api, wanted, serve);
            Set<String> ids = alarms(api);
            assertEquals(1, ids.size(), "one alarm, however often the process died");
            // What time alone decides is decided at the next tick, a second later at most.
            LockSupport.parkNanos(Duration.ofMillis(2_500).toNanos());
            Map<String, String> checklist = new TreeMap<>();
            JsonNode listed = api.json("/api/v1/sites/" + SITE + "/checklist");
            listed.get("items").forEach(item -> checklist.put(item.get("item").asText(), standing(item)));
            Instant listedAt = Instant.now();
            assertEquals(0, serve.terminate(Duration.ofSeconds(20)), serve.toString());
            serve.close();
            proved(temp, ids, checklist, listedAt);
        }
    }

    private void report(Mosquitto broker) {
        try (Field field = Field.over(broker)) {
            while (!enough.get()) {
                one(field);
                if (sent % 20 == 0) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            }
            field.acknowledged();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void one(Field field) throws Exception {
        int n = sent;
        field.send(SITE + "/dust-1/reading", Field.reading(first + n, n % 500));
        if (n % 400 == 100) {
            field.send(SITE + "/wash-a/passage", Field.passage(System.currentTimeMillis(), "p" + n, n % 800 != 100));
        }
        sent = n + 1;
    }

    private void brokerAway(Mosquitto broker, PackagedJar serve) throws Exception {
        broker.down();
        Await.until("the loss is told" + serve, MOST, () ->
                serve.err.stream().anyMatch(line -> line.contains("WARN") && line.contains("localhost:" + broker.port)));
        broker.up();
    }

    private void sendTo(Mosquitto broker) throws Exception {
        try (Field field = Field.over(broker)) {
            for (int i = 0; i < 500; i++) {
                one(field);
            }
            field.acknowledged();
        }
    }

    private void awaitPoints(Api api, int wanted, PackagedJar serve) {
        String path = "/api/v1/sites/" + SITE + "/series?quantity=pm10&device=dust-1&from=" + Instant.ofEpochMilli(first)
                + "&to=" + Instant.ofEpochMilli(first + wanted);
        Await.until("the last reading is stored" + serve, MOST, () ->
                api.all(path, "points").size() >= wanted);
        List<Integer> stored = api.all(path, "points").stream().map(p -> p.get("value").asInt()).toList();
        assertEquals(IntStream.range(0, wanted).mapToObj(n -> n % 500).toList(), stored);
    }

    private static Set<String> alarms(Api api) {
        Set<String> ids = new HashSet<>();
        for (JsonNode alarm : api.all("/api/v1/alarms?item=washing", "items")) {
            ids.add(alarm.get("id").asText());
        }
        return ids;
    }

    /** Replay and verification agree, no notice was decided twice, and the core alone says the same of the same entries. */
    private static void proved(Path temp, Set<String> ids, Map<String, String> checklist, Instant listedAt) throws Exception {
        String data = temp.resolve("data").toString();
        for (String command : List.of("replay", "verify")) {
            try (PackagedJar checked = PackagedJar.run(temp, command, "--data", data)) {
                assertEquals(0, checked.exit(MOST), checked.toString());
            }
        }
        WrittenJournal journal = WrittenJournal.read(temp.resolve("data"));
        List<String> notices = journal.decisions().stream()
                .filter(d -> d.get("type").asText().equals("notice"))
                .map(d -> d.get("alarm").asText() + d.get("receiver") + d.get("channel") + d.get("transition") + d.get("offset"))
                .toList();
        assertEquals(new HashSet<>(notices).size(), notices.size(), notices.toString());
        assertEquals(ids, journal.decisions().stream()
                .filter(d -> d.get("type").asText().equals("alarm") && d.get("item").asText().equals("washing"))
                .map(d -> d.get("id").asText())
                .collect(Collectors.toSet()));
        Path lines = Files.write(temp.resolve("entries.jsonl"), journal.lines());
        try (PackagedJar judge = PackagedJar.run(temp, "judge", "--register", temp.resolve("register").toString(),
                "--entries", lines.toString())) {
            assertEquals(0, judge.exit(MOST), judge.toString());
            Await.until("all is read", MOST, () -> judge.out.stream().anyMatch(l -> l.contains("\"washing\"")));
            Map<String, String> judged = states(judge.out.stream().map(Api::read));
            assertEquals(judged, states(journal.decisions().stream()));
            // What the goodbye itself decided came after the list.
            Map<String, String> then = states(judge.out.stream().map(Api::read)
                    .filter(d -> !OffsetDateTime.parse(d.get("at").asText()).toInstant().isAfter(listedAt)));
            assertEquals(then, checklist, "what the API listed last is what the core alone says");
        }
    }

    /** Each item's last verdict. */
    private static Map<String, String> states(Stream<JsonNode> decisions) {
        Map<String, String> states = new TreeMap<>();
        decisions
                .filter(d -> d.get("type").asText().equals("verdict") && !d.has("rule"))
                .forEach(d -> states.put(d.get("item").asText(), standing(d)));
        return states;
    }

    /**
     * State and bounds; an item that does not apply has none that count. A gate that was not watched for a tenth of the time is
     * unknown, and {@code judge} is told of our absences a few milliseconds less exactly than the journal: just at that bound
     * only the upper end is the same for certain.
     */
    private static String standing(JsonNode verdict) {
        String state = verdict.get("state").asText();
        double capture = verdict.path("capture").asDouble(1);
        if (capture > 0.85 && capture < 0.95) {
            return "at the bound, at most " + verdict.path("high").asDouble(-1);
        }
        return state.equals("NOT_APPLICABLE")
                ? state
                : state + " " + verdict.path("low").asDouble(-1) + ".." + verdict.path("high").asDouble(-1);
    }
}
