package dustwarden.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plays the past day in steps, then the present as it comes.
 *
 * <p>A step sets the clock to the step's end, publishes all of the step, and ends when all of it is in the journal, so
 * that nothing is received more than a step after it was stamped. When the steps meet the wall clock the demo goes live.
 */
public final class SteppedDemo implements AutoCloseable {

    private static final Duration PAST = Duration.ofHours(24);
    private static final Duration LIVE_TICK = Duration.ofMillis(250);
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(60);
    private static final int PERCENT = 100;

    /**
     * How the past is played.
     *
     * @param step the length of a step, at most a minute
     * @param speed seconds of the past played in a second; 0 is as fast as it goes
     * @param journalEnd the last time in an existing journal; the demo goes on from there, at most 24 h back
     */
    public record Options(Duration step, double speed, Optional<Instant> journalEnd) {

        /** Steps of 20 s as fast as they go, from 24 h ago. */
        public static final Options FASTEST = new Options(Duration.ofSeconds(20), 0, Optional.empty());

        public Options {
            if (step.compareTo(Duration.ofMillis(1)) < 0 || step.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("step " + step + " is not within a minute");
            }
            if (!(speed >= 0)) {
                throw new IllegalArgumentException("speed " + speed + " is below 0");
            }
            Objects.requireNonNull(journalEnd, "journalEnd");
        }

        /** The same at another speed. */
        public Options withSpeed(double other) {
            return new Options(step, other, journalEnd);
        }

        /** The same on a journal that ends there. */
        public Options withJournalEnd(Instant end) {
            return new Options(step, speed, Optional.of(end));
        }

        /** Where the past begins, seen from now. */
        public Instant start(Instant now) {
            Instant earliest = now.minus(PAST);
            return journalEnd.map(end -> end.isAfter(now) ? now : end).filter(end -> end.isAfter(earliest))
                    .orElse(earliest);
        }
    }

    private final ScenarioPlayer player;
    private final Publisher publisher;
    private final DemoClock clock;
    private final Journaled journaled;
    private final InstantSource wall;
    private final DemoProgress progress;
    private final Options options;

    private final CompletableFuture<Void> live = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final List<CompletableFuture<Void>> unacknowledged = new ArrayList<>();
    private long published;
    private int percent = -1;

    public SteppedDemo(
            ScenarioPlayer player, Publisher publisher, DemoClock clock, Journaled journaled,
            InstantSource wall, DemoProgress progress, Options options) {
        this.player = Objects.requireNonNull(player, "player");
        this.publisher = Objects.requireNonNull(publisher, "publisher");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.journaled = Objects.requireNonNull(journaled, "journaled");
        this.wall = Objects.requireNonNull(wall, "wall");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.options = Objects.requireNonNull(options, "options");
        this.thread = new Thread(this::run, "demo-player");
        thread.setDaemon(true);
    }

    /** Starts to play on a thread of its own; completes when the past has met the wall clock. */
    public CompletionStage<Void> start() {
        thread.start();
        return live;
    }

    /** Stops playing and waits for the player's thread; the publisher stays open. */
    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        live.completeExceptionally(new IllegalStateException("the demo was closed before it went live"));
    }

    private void run() {
        try {
            Instant met = playPast();
            clock.goLive();
            progress.played(PERCENT, met, published);
            live.complete(null);
            playPresent(met);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            fail(e.getCause());
        } catch (TimeoutException e) {
            fail(new IllegalStateException("a step of the demo was not in the journal within " + STEP_PATIENCE, e));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        if (!stopped()) {
            live.completeExceptionally(cause);
            progress.failed(cause);
        }
    }

    /** Plays until the next step would end after the wall's now; gives the time up to which it has played. */
    private Instant playPast() throws InterruptedException, ExecutionException, TimeoutException {
        Instant began = wall.instant();
        Instant start = options.start(began);
        step(start, player.opening(start));
        Ahead ahead = new Ahead(player, start);
        Instant at = start;
        while (!stopped()) {
            Instant end = nextStep(at);
            if (end.isAfter(wall.instant())) {
                return at;
            }
            step(end, ahead.before(end));
            at = end;
            tell(start, at);
            pace(began, start, at);
        }
        throw new InterruptedException("stopped");
    }

    /** Steps end at whole multiples of the step, so that they fall the same way on every run. */
    private Instant nextStep(Instant at) {
        long step = options.step().toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(at.toEpochMilli(), step) + 1) * step);
    }

    private void step(Instant end, List<Publication> due)
            throws InterruptedException, ExecutionException, TimeoutException {
        clock.moveTo(end);
        if (due.isEmpty()) {
            return;
        }
        for (Publication one : due) {
            unacknowledged.add(publisher.publish(one).toCompletableFuture());
        }
        published += due.size();
        CompletableFuture.allOf(unacknowledged.toArray(CompletableFuture[]::new))
                .thenCompose(done -> journaled.journaled(published))
                .get(STEP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        unacknowledged.clear();
    }

    private void tell(Instant start, Instant at) {
        long whole = Math.max(1, Duration.between(start, wall.instant()).toMillis());
        int now = (int) Math.min(PERCENT - 1L, Duration.between(start, at).toMillis() * PERCENT / whole);
        if (now > percent) {
            percent = now;
            progress.played(percent, at, published);
        }
    }

    private void pace(Instant began, Instant start, Instant at) throws InterruptedException {
        if (options.speed() > 0) {
            double wanted = Duration.between(start, at).toMillis() / options.speed();
            long early = (long) wanted - Duration.between(began, wall.instant()).toMillis();
            if (early > 0) {
                stop.await(early, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void playPresent(Instant met) throws InterruptedException {
        Instant at = met;
        while (!stop.await(LIVE_TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            Instant now = wall.instant();
            if (now.isAfter(at)) {
                for (Publication one : player.between(at, now)) {
                    publisher.publish(one).whenComplete((done, lost) -> {
                        if (lost != null && !stopped()) {
                            progress.lost(one, lost);
                        }
                    });
                }
                at = now;
            }
        }
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }
}
