package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            batch.decisions().forEach(d -> decisions.add(d.number()));
            cursor = batch.next();
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
