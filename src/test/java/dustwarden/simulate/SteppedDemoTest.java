package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The past is played step by step behind the journal, then the present. */
class SteppedDemoTest {

    private static final Instant NOW = Instant.parse("2026-03-14T04:10:30Z");
    private static final Duration STEP = Duration.ofSeconds(20);

    private final AtomicReference<Instant> wall = new AtomicReference<>(NOW);
    private final SteppedClock clock = new SteppedClock(wall::get, NOW.minus(Duration.ofHours(24)));
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<Integer> percents = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final ScenarioPlayer player;

    private record Sent(Publication publication, Instant clock) {
    }

    SteppedDemoTest() throws IOException {
        player = new ScenarioPlayer(ScenarioFile.shipped(ScenarioFile.DEMO));
    }

    private SteppedDemo demo(Journaled journaled, SteppedDemo.Options options) {
        Publisher publisher = new Publisher() {
            @Override
            public CompletionStage<Void> publish(Publication publication) {
                sent.add(new Sent(publication, clock.instant()));
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {
            }
        };
        DemoProgress progress = new DemoProgress() {
            @Override
            public void played(int percent, Instant upTo, long published) {
                percents.add(percent);
            }

            @Override
            public void lost(Publication publication, Throwable cause) {
                failure.set(cause);
            }

            @Override
            public void failed(Throwable cause) {
                failure.set(cause);
            }
        };
        return new SteppedDemo(player, publisher, clock, journaled, wall::get, progress, options);
    }

    private static Journaled atOnce() {
        return published -> CompletableFuture.completedFuture(null);
    }

    private static SteppedDemo.Options halfAnHour() {
        return SteppedDemo.Options.FASTEST.withJournalEnd(NOW.minus(Duration.ofMinutes(30)));
    }

    @Test
    void playsThePastWholeAndInOrderUpToTheLastStepBeforeNow() {
        try (SteppedDemo demo = demo(atOnce(), halfAnHour())) {
            demo.start().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        }
        Instant start = NOW.minus(Duration.ofMinutes(30));
        Instant met = Instant.parse("2026-03-14T04:10:20Z");
        List<Publication> wanted = new ArrayList<>(player.opening(start));
        wanted.addAll(player.between(start, met));
        assertEquals(wanted, sent.stream().map(Sent::publication).limit(wanted.size()).toList());
        assertEquals(100, percents.get(percents.size() - 1));
    }

    @Test
    void nothingIsSentBeforeItsTimeNorMoreThanAStepAfter() {
        try (SteppedDemo demo = demo(atOnce(), halfAnHour())) {
            demo.start().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        }
        for (Sent one : sent) {
            Duration lag = Duration.between(one.publication().at(), one.clock());
            assertFalse(lag.isNegative() || lag.compareTo(STEP) > 0, lag + " " + one.publication());
        }
        assertFalse(sent.isEmpty());
    }

    @Test
    void aStepWaitsUntilTheOneBeforeIsInTheJournal() {
        CompletableFuture<Void> third = new CompletableFuture<>();
        List<Long> asked = new CopyOnWriteArrayList<>();
        Journaled slow = published -> {
            asked.add(published);
            return asked.size() == 3 ? third : CompletableFuture.completedFuture(null);
        };
        try (SteppedDemo demo = demo(slow, halfAnHour())) {
            CompletableFuture<Void> live = demo.start().toCompletableFuture();
            Await.until("the third step is sent", () -> asked.size() == 3);
            assertEquals(asked.get(2), sent.size());
            assertFalse(live.isDone());
            third.complete(null);
            live.orTimeout(20, TimeUnit.SECONDS).join();
            assertTrue(asked.size() > 10);
        }
    }

    @Test
    void goesOnByTheWallOnceItHasMetIt() {
        try (SteppedDemo demo = demo(atOnce(), halfAnHour())) {
            demo.start().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
            int past = sent.size();
            wall.set(NOW.plusSeconds(70));
            Await.until("the present is sent", () -> sent.size() > past + 20);
            assertEquals(NOW.plusSeconds(70), clock.instant());
        }
    }

    @Test
    void aRefusedPublicationStopsThePastWithItsReason() {
        Journaled broken = published -> CompletableFuture.failedFuture(new IOException("disk full"));
        try (SteppedDemo demo = demo(broken, halfAnHour())) {
            CompletionException thrown = assertThrows(CompletionException.class,
                    () -> demo.start().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join());
            assertEquals("disk full", thrown.getCause().getMessage());
            Await.until("people are told", () -> failure.get() != null);
        }
    }

    @Test
    void beginsWhereTheJournalEndsButNotOverADayBack() {
        SteppedDemo.Options fastest = SteppedDemo.Options.FASTEST;
        assertEquals(NOW.minus(Duration.ofHours(24)), fastest.start(NOW));
        assertEquals(NOW.minusSeconds(5), fastest.withJournalEnd(NOW.minusSeconds(5)).start(NOW));
        assertEquals(NOW.minus(Duration.ofHours(24)),
                fastest.withJournalEnd(NOW.minus(Duration.ofDays(3))).start(NOW));
        assertEquals(NOW, fastest.withJournalEnd(NOW.plusSeconds(9)).start(NOW));
    }

    @Test
    void optionsOutOfBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> new SteppedDemo.Options(Duration.ofMinutes(2), 0, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> SteppedDemo.Options.FASTEST.withSpeed(-1));
    }

    @Test
    void theClockNeverRunsBackwards() {
        clock.moveTo(NOW);
        clock.moveTo(NOW.minusSeconds(60));
        assertEquals(NOW, clock.instant());
        clock.goLive();
        wall.set(NOW.minusSeconds(1));
        assertEquals(NOW, clock.instant());
        wall.set(NOW.plusSeconds(1));
        assertEquals(NOW.plusSeconds(1), clock.instant());
    }
}
