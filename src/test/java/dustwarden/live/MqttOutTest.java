package dustwarden.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.broker.BrokerSettings;
import dustwarden.broker.EmbeddedBroker;
import dustwarden.series.Json;
import dustwarden.series.PlayedJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttOutTest {
    @TempDir
    Path directory;

    private PlayedJournal journal;
    private final FakeLink link = new FakeLink();

    /** A broker in memory that acknowledges when it is told to. */
    private static final class FakeLink implements Link {
        record Published(String topic, String body, boolean retained) {}

        final List<Published> published = new CopyOnWriteArrayList<>();
        final List<Long> unacknowledged = new CopyOnWriteArrayList<>();
        volatile boolean acknowledging = true;
        volatile boolean down;
        volatile int window = 256;
        private volatile Events events;

        @Override
        public int open(Events itsEvents) throws IOException {
            if (down) {
                throw new IOException("down");
            }
            events = itsEvents;
            return window;
        }

        @Override
        public void publish(long ticket, String topic, byte[] body, boolean retained) throws IOException {
            if (down) {
                throw new IOException("down");
            }
            published.add(new Published(topic, new String(body, StandardCharsets.UTF_8), retained));
            if (acknowledging) {
                events.acknowledged(ticket);
            } else {
                unacknowledged.add(ticket);
            }
        }

        void lose() {
            unacknowledged.clear();
            events.lost("pulled");
        }

        @Override
        public void close() {}

        List<JsonNode> alarms() {
            return published.stream().filter(p -> p.topic().endsWith("/alarm")).map(p -> Json.parse(p.body())).toList();
        }
    }

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private MqttOut out(Path at) {
        return new MqttOut(at, journal.log(), link, site -> Optional.of("{\"site\":\"" + site + "\"}"));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 20 s");
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** What was decided on alarms, in order. */
    private List<String> decided() {
        List<String> found = new ArrayList<>();
        journal.ledger().decisions(0, 10_000).stream()
                .filter(d -> d.type().equals("alarm"))
                .map(d -> Json.parse(d.json()))
                .forEach(d -> found.add(d.path("id").asText() + d.path("transition").asText()));
        return found;
    }

    private static List<String> words(List<JsonNode> alarms) {
        return alarms.stream().map(a -> a.path("id").asText() + a.path("transition").asText()).toList();
    }

    @Test
    void publishesEveryTransitionOnceInOrder() {
        MqttOut out = out(directory);
        link.window = 2;
        out.start(List.of());
        journal.hour().commit();
        out.wake();
        await(() -> out.lag() == 0);
        assertEquals(decided(), words(link.alarms()));
        JsonNode first = link.alarms().get(0);
        assertFalse(first.has("repeat"));
        assertFalse(first.has("type"));
        assertTrue(first.has("raisedAt"));
        out.close();
        MqttOut again = out(directory);
        again.start(List.of());
        await(() -> again.lag() == 0 && again.connected());
        again.close();
        assertEquals(decided().size(), link.alarms().size());
    }

    @Test
    void whatWasInFlightAtACrashGoesOutAgainAsARepeat() throws Exception {
        MqttOut out = out(directory);
        link.acknowledging = false;
        link.window = 3;
        out.start(List.of());
        journal.hour().commit();
        out.wake();
        await(() -> link.unacknowledged.size() == 3);
        Path crashed = Files.createDirectory(directory.resolve("crashed"));
        for (String end : List.of("", "-wal")) {
            Files.copy(directory.resolve(OutLedger.FILE + end), crashed.resolve(OutLedger.FILE + end));
        }
        out.close();
        List<String> before = words(link.alarms());
        link.published.clear();
        link.acknowledging = true;
        MqttOut again = out(crashed);
        again.start(List.of());
        await(() -> again.lag() == 0);
        assertEquals(decided(), words(link.alarms()));
        assertEquals(before, words(link.alarms().stream().filter(a -> a.path("repeat").asBoolean()).toList()));
        again.close();
    }

    @Test
    void aLostConnectionRepeatsOnlyWhatWasNotAcknowledged() {
        MqttOut out = out(directory);
        out.start(List.of());
        journal.commit().pass(60_000).unwashed("p1").commit();
        out.wake();
        await(() -> out.lag() == 0 && link.alarms().size() == 1);
        link.acknowledging = false;
        String id = link.alarms().get(0).path("id").asText();
        journal.act("{\"act\":\"acknowledge\",\"alarm\":\"" + id + "\",\"person\":\"Li\",\"text\":\"seen\"}").commit();
        out.wake();
        await(() -> link.unacknowledged.size() == 1);
        link.acknowledging = true;
        link.lose();
        await(() -> out.lag() == 0 && link.alarms().size() == 3);
        assertEquals("acknowledged", link.alarms().get(1).path("transition").asText());
        assertEquals("acknowledged", link.alarms().get(2).path("transition").asText());
        assertTrue(link.alarms().get(2).path("repeat").asBoolean());
        out.close();
    }

    @Test
    void waitsForTheBrokerAndLosesNothing() {
        link.down = true;
        MqttOut out = out(directory);
        out.start(List.of());
        journal.hour().commit();
        out.wake();
        assertFalse(out.connected());
        link.down = false;
        await(() -> out.lag() == 0);
        assertEquals(decided(), words(link.alarms()));
        out.close();
    }

    @Test
    void anOldJournalIsNotPublishedAgainWithoutItsMarks() {
        journal.hour().commit();
        MqttOut out = out(directory);
        out.start(List.of("site-1"));
        await(() -> link.published.size() == 1);
        assertEquals(new FakeLink.Published("warden/v1/site-1/checklist", "{\"site\":\"site-1\"}", true), link.published.get(0));
        out.close();
    }

    @Test
    void publishesThroughARealBroker() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.open(directory.resolve("broker"), 0));
        Map<String, String> seen = new ConcurrentHashMap<>();
        MqttTarget reader = new MqttTarget(broker.ownUri(), "reader", Optional.empty(), Optional.empty(), Optional.empty());
        try (TopicReader topics = new TopicReader(reader, "warden/v1/#", seen)) {
            MqttOut out = new MqttOut(
                    directory,
                    journal.log(),
                    new MqttTarget(broker.ownUri(), "out", Optional.empty(), Optional.empty(), Optional.empty()),
                    site -> Optional.of("{}"));
            out.start(List.of(PlayedJournal.SITE));
            journal.commit().pass(60_000).unwashed("p1").commit();
            out.wake();
            await(() -> out.lag() == 0 && seen.size() == 2);
            assertEquals("raised", Json.parse(seen.get("warden/v1/" + PlayedJournal.SITE + "/alarm")).path("state").asText());
            out.post("warden/v1/" + PlayedJournal.SITE + "/fog-1/set", new byte[] {'1'}).join();
            await(() -> seen.size() == 3);
            out.close();
        } finally {
            broker.stop();
        }
    }
}
