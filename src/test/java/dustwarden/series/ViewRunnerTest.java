package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewRunnerTest {
    @TempDir
    Path directory;

    private PlayedJournal journal;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** Remembers what it took in; refuses what it is told to. */
    private static final class FakeView implements View {
        final List<Long> entries = new ArrayList<>();
        final List<Long> decisions = new ArrayList<>();
        final List<Long> aside = new ArrayList<>();
        final List<Double> pm10 = new ArrayList<>();
        int humidity;
        volatile boolean down;
        long poison = -1;
        private Cursor cursor = Cursor.START;

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Cursor cursor() {
            return cursor;
        }

        @Override
        public void apply(LogBatch batch) {
            if (down) {
                throw new Unavailable("down", new IllegalStateException());
            }
            if (batch.steps().stream().anyMatch(s -> s.entry().offset() == poison)) {
                throw new IllegalStateException("cannot take " + poison);
            }
            batch.steps().forEach(s -> entries.add(s.entry().offset()));
            batch.steps().forEach(s -> s.taken().forEach(this::read));
            batch.decisions().forEach(d -> decisions.add(d.number()));
            cursor = batch.next();
        }

        private void read(Taken taken) {
            if (taken.observation() instanceof Observation.Reading reading && reading.device().equals("node-1")) {
                humidity += reading.values().has(Quantity.HUMIDITY) ? 1 : 0;
                if (reading.values().has(Quantity.PM10)) {
                    pm10.add(reading.values().get(Quantity.PM10).number());
                }
            }
        }

        @Override
        public void quarantine(LogBatch batch, String reason) {
            batch.steps().forEach(s -> aside.add(s.entry().offset()));
            cursor = batch.next();
        }

        @Override
        public void close() {
            down = true;
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 20 s");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<Long> upTo(long end) {
        return java.util.stream.LongStream.range(0, end).boxed().toList();
    }

    @Test
    void givesEveryEntryAndDecisionOnceAndInOrder() {
        journal.hour().commit();
        FakeView view = new FakeView();
        ViewRunner runner = new ViewRunner(journal.log(), view, new ViewRunner.Pace(17, Duration.ZERO), b -> {});
        while (runner.turn()) {
            assertEquals(0, runner.quarantined());
        }
        assertEquals(upTo(journal.ledger().position().nextOffset()), view.entries);
        assertEquals(upTo(journal.ledger().position().nextDecision()), view.decisions);
    }

    @Test
    void aViewThatBeginsBetweenABirthAndItsDataTakesWhatHasANameAndCountsTheRest() {
        String device = "  - {id: node-1, kind: monitor, every: PT1M, profile: sparkplug, topic: \"spBv1.0/yard/+/edge/#\"}\n";
        Path other = directory.resolve("other");
        try (PlayedJournal played = new PlayedJournal(other, device)) {
            sparkplug(played, "DBIRTH", "[{\"name\":\"PM10\",\"alias\":1,\"value\":5}]");
            played.commit();
            long begun = played.ledger().position().nextOffset();
            FakeView view = new FakeView();
            view.cursor = new Cursor(begun, played.ledger().position().nextDecision(), java.util.OptionalLong.of(0));
            for (int i = 0; i < 30; i++) {
                sparkplug(played, "DDATA", "[{\"alias\":1,\"value\":" + i + "},{\"name\":\"Humidity\",\"value\":40}]");
            }
            sparkplug(played, "DBIRTH", "[{\"name\":\"PM10\",\"alias\":1,\"value\":5}]");
            sparkplug(played, "DDATA", "[{\"alias\":1,\"value\":77}]");
            played.commit();
            // As after a restart: nothing is in memory, so what was taken must be decoded again.
            ViewRunner runner = new ViewRunner(new RecentLog(played.ledger()), view, new ViewRunner.Pace(8, Duration.ZERO), b -> {});
            while (runner.turn()) {
                assertTrue(runner.lag() >= 0);
            }
            assertEquals(30, runner.quarantined());
            assertEquals(List.of(), view.aside);
            assertEquals(32, view.humidity + view.pm10.size());
            assertEquals(List.of(5.0, 77.0), view.pm10);
        }
    }

    private static void sparkplug(PlayedJournal journal, String kind, String metrics) {
        journal.pass(60_000);
        byte[] payload = ("{\"timestamp\":" + journal.now() + ",\"metrics\":" + metrics + "}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        journal.add(new Entry.Message(journal.now(), Entry.Source.MQTT, "spBv1.0/yard/" + kind + "/edge/dust", payload, false,
                Optional.empty()));
    }

    @Test
    void theSameTroubleIsToldWhenItBeginsAndThenOnceAMinute() {
        Tellings tellings = new Tellings();
        assertTrue(tellings.due(0).isEmpty());
        tellings.add();
        assertEquals(1, tellings.due(5_000_000_000L).getAsLong());
        for (int i = 0; i < 9; i++) {
            tellings.add();
            assertTrue(tellings.due(6_000_000_000L + i).isEmpty());
        }
        assertEquals(9, tellings.due(65_000_000_000L).getAsLong());
        assertTrue(tellings.due(200_000_000_000L).isEmpty());
        assertEquals(10, tellings.total());
    }

    @Test
    void putsAPoisonEntryAsideAndGoesOn() {
        journal.hour().commit();
        FakeView view = new FakeView();
        view.poison = 40;
        ViewRunner runner = new ViewRunner(journal.log(), view, new ViewRunner.Pace(64, Duration.ZERO), b -> {});
        while (runner.turn()) {
            assertTrue(runner.lag() >= 0);
        }
        assertEquals(List.of(40L), view.aside);
        List<Long> expected = new ArrayList<>(upTo(journal.ledger().position().nextOffset()));
        expected.remove(40L);
        assertEquals(expected, view.entries);
        assertEquals(1, runner.quarantined());
    }

    @Test
    void waitsWhileTheStoreIsDownAndCatchesUp() {
        journal.hour().commit();
        FakeView view = new FakeView();
        view.down = true;
        ViewRunner runner = new ViewRunner(journal.log(), view, new ViewRunner.Pace(64, Duration.ZERO), b -> {});
        runner.start();
        await(() -> runner.trouble().isPresent());
        assertTrue(runner.lag() > 0);
        view.down = false;
        await(() -> runner.lag() == 0 && runner.trouble().isEmpty());
        assertEquals(upTo(journal.ledger().position().nextOffset()), view.entries);
        runner.close();
    }

    @Test
    void isWokenByACommit() {
        journal.commit();
        FakeView view = new FakeView();
        ViewRunner runner = new ViewRunner(journal.log(), view, new ViewRunner.Pace(64, Duration.ZERO), b -> {});
        runner.start();
        await(() -> runner.lag() == 0);
        journal.reading("dust-1", 5).commit();
        runner.wake();
        await(() -> runner.lag() == 0);
        runner.close();
        assertEquals(upTo(2), view.entries);
    }
}
