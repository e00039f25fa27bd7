package dustwarden.simulate;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Plays a scenario at a broker: the schedule runs from now at its speed, the time inside is the moment of sending.
 *
 * <p>When the broker is slower than the schedule, the schedule waits for it.
 */
public final class BrokerRun {

    private static final long TICK_MILLIS = 50;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LAG_MAX = Duration.ofSeconds(1);

    /**
     * What is played and where.
     *
     * @param speed schedule seconds in a second
     * @param length when to end by itself
     * @param clientIdPrefix what the client ids begin with
     */
    public record Options(
            URI broker, Scenario scenario, double speed, Optional<Duration> length, Logins logins,
            String clientIdPrefix) {
        public Options {
            Objects.requireNonNull(broker, "broker");
            Objects.requireNonNull(scenario, "scenario");
            Objects.requireNonNull(logins, "logins");
            if (!(speed > 0 && speed <= 100_000)) {
                throw new IllegalArgumentException("speed " + speed + ", wanted over 0 and at most 100000");
            }
        }
    }

    private final Options options;
    private final InstantSource wall;
    private final PrintStream out;
    private final PrintStream errors;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Counts counts = new Counts();
    private final AtomicReference<String> lastError = new AtomicReference<>("");

    public BrokerRun(Options options, InstantSource wall, PrintStream out, PrintStream errors) {
        this.options = Objects.requireNonNull(options, "options");
        this.wall = Objects.requireNonNull(wall, "wall");
        this.out = Objects.requireNonNull(out, "out");
        this.errors = Objects.requireNonNull(errors, "errors");
    }

    /**
     * Plays on the calling thread until the length is over or {@link #stop} is called.
     *
     * @return the exit code: 0, or 1 when the broker cannot be reached or anything sent was not acknowledged
     */
    public int run() {
        try {
            return connectAndPlay();
        } finally {
            ended.countDown();
        }
    }

    private int connectAndPlay() {
        MqttFleet fleet;
        try {
            fleet = MqttFleet.connect(options.broker(), options.clientIdPrefix(), options.logins(), options.scenario())
                    .toCompletableFuture().join();
        } catch (CompletionException e) {
            errors.println("simulate: " + e.getCause().getMessage());
            return 1;
        }
        try (fleet) {
            out.println("playing " + options.scenario().id() + " at " + options.broker() + ": "
                    + options.scenario().sites().size() + " sites, " + options.scenario().deviceCount()
                    + " devices, speed " + options.speed());
            play(fleet);
            counts.awaitAnswers(stop.getCount() == 0 ? STOP_PATIENCE.dividedBy(2) : ANSWER_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.println(counts.line() + " (end)");
        return counts.allAcknowledged() ? 0 : 1;
    }

    /** Ends the run from any other thread and waits a few seconds for its last line. */
    public void stop() {
        stop.countDown();
        try {
            ended.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Publisher publisher) throws InterruptedException {
        ScenarioPlayer player = new ScenarioPlayer(options.scenario());
        Instant begin = wall.instant();
        Schedule schedule = new Schedule(begin, begin, options.speed());
        send(publisher, player.opening(begin));
        Instant played = begin;
        Instant reported = begin;
        while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            Instant now = wall.instant();
            if (options.length().map(begin::plus).filter(end -> !now.isBefore(end)).isPresent()) {
                return;
            }
            if (Duration.between(schedule.real(played), now).compareTo(LAG_MAX) > 0) {
                schedule = new Schedule(played, now.minusMillis(TICK_MILLIS), options.speed());
            }
            Instant until = schedule.planned(now);
            if (until.isAfter(played)) {
                send(publisher, player.between(played, until, schedule::real));
                played = until;
            }
            if (Duration.between(reported, now).compareTo(REPORT_EVERY) >= 0) {
                reported = now;
                out.println(counts.line() + errorTail());
            }
        }
    }

    private void send(Publisher publisher, List<Publication> publications) {
        for (Publication one : publications) {
            counts.sent();
            publisher.publish(one).whenComplete((done, lost) -> {
                if (lost == null) {
                    counts.acknowledged();
                } else {
                    counts.failed();
                    lastError.set(String.valueOf(lost.getMessage()));
                }
            });
        }
    }

    private String errorTail() {
        return counts.errors() == 0 ? "" : "  last: " + lastError.get();
    }

    /** How schedule time and real time go together: both begin at a pair of moments, one runs faster. */
    private record Schedule(Instant plannedStart, Instant realStart, double speed) {

        Instant planned(Instant real) {
            return plannedStart.plusNanos((long) (Duration.between(realStart, real).toNanos() * speed));
        }

        Instant real(Instant planned) {
            return realStart.plusNanos((long) (Duration.between(plannedStart, planned).toNanos() / speed));
        }
    }
}
