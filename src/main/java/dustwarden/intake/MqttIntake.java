package dustwarden.intake;

import dustwarden.core.Entry;
import dustwarden.core.model.Text;
import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from a broker into the inbox and acknowledges each when it is on disk; comes back after every loss.
 *
 * <p>All its state is touched on one thread of its own; each connection is made anew. It never publishes.
 */
public final class MqttIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttIntake.class);
    private static final String LINK = "mqtt";
    private static final int LINK_BYTES = 64;
    private static final int ENDING_MAX = 3;
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration GUESSED_PAUSE = Duration.ofMinutes(1);

    private MqttSource source;
    private final Door door;
    private final InstantSource clock;
    private final Optional<SSLContext> tls;
    private final Backoff backoff;
    private final Duration hold;
    private final VersionChoice versions;
    private final TakeoverGuess guess = new TakeoverGuess();
    private final LinkReports reports = new LinkReports(System.nanoTime());
    private final MqttTally tally = new MqttTally();
    private final QuietLog quiet = new QuietLog(LOG);
    private final List<MqttLink> ending = new ArrayList<>();
    private final ScheduledExecutorService loop;
    private final MqttSession.Keeper keeper = new Posts();
    private volatile MqttState state;
    private Optional<MqttSession> current = Optional.empty();
    private boolean subscribedOnce;
    private long upSinceNanos;
    private boolean stopped;

    /** @throws IOException where the files for TLS cannot be read or are no good */
    public MqttIntake(MqttSource source, Inbox inbox, InstantSource clock) throws IOException {
        this(
                source,
                Door.of(inbox),
                clock,
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(15), RandomGenerator.getDefault()),
                MqttTimes.HOLD_MOST);
    }

    /** @param hold how long a full inbox holds the connection back before it is ended */
    MqttIntake(MqttSource source, Door door, InstantSource clock, Backoff backoff, Duration hold) throws IOException {
        PahoLog.silence();
        this.source = source;
        this.door = door;
        this.clock = clock;
        this.backoff = backoff;
        this.hold = hold;
        this.versions = new VersionChoice(source.version());
        this.tls = source.isTls() ? Optional.of(PemTls.context(source.tls())) : Optional.empty();
        this.state = new MqttState(MqttState.Kind.CONNECTING, clock.instant(), connecting(), Optional.empty());
        this.loop = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "mqtt-intake");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to connect, and goes on trying; returns at once. */
    public void start() {
        post(this::open);
        long tick = MqttTimes.TICK.toMillis();
        loop.scheduleWithFixedDelay(() -> guarded(this::watch), tick, tick, TimeUnit.MILLISECONDS);
    }

    /**
     * Listens to other topics of devices that speak as their makers made them, from now on; the own topics stay.
     *
     * @throws IllegalArgumentException where one is no topic filter
     */
    public void listenTo(List<String> deviceFilters) {
        MqttSource next = source.with(deviceFilters);
        post(() -> {
            List<String> gone = source.filters().stream().filter(f -> !next.filters().contains(f)).toList();
            boolean more = !source.filters().containsAll(next.filters());
            source = next;
            if (current.isEmpty() || !state.isConnected()) {
                // What is subscribed to is then told anew to the broker, whether it kept the session or not.
                subscribedOnce = false;
                return;
            }
            try {
                if (!gone.isEmpty()) {
                    current.get().link().unsubscribe(gone);
                }
                if (more) {
                    current.get().link().subscribe(next.filters());
                }
            } catch (MqttLink.MqttRefused e) {
                subscribedOnce = false;
                ended(current.get(), e.trouble());
            }
        });
    }

    public MqttState state() {
        return state;
    }

    public MqttCounts counts() {
        return tally.counts();
    }

    /**
     * Takes no more messages, waits a little for those taken to be journaled and acknowledged, and leaves the broker, which
     * keeps the session. To be called before the journal's writer is closed.
     */
    @Override
    public void close() {
        CountDownLatch left = new CountDownLatch(1);
        long end = System.nanoTime() + MqttTimes.CLOSE_MOST.toNanos();
        post(() -> {
            stopped = true;
            current.ifPresent(MqttSession::drain);
            leave(end, left);
        });
        try {
            if (!left.await(2 * MqttTimes.CLOSE_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("leaving the broker took too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.shutdownNow();
    }

    /** In steps: what was taken is acknowledged, the broker has taken that, goodbye is said, the connection is gone. */
    private void leave(long endNanos, CountDownLatch left) {
        boolean late = System.nanoTime() - endNanos > 0;
        if (current.isPresent()) {
            MqttSession session = current.get();
            if (late || !session.link().isUp() || session.waiting() == 0 && session.link().settled()) {
                current = Optional.empty();
                // Goodbye to a broker that is not there yet makes the client library fail on a thread of its own.
                if (session.link().isUp()) {
                    session.link().leave();
                }
                ending.add(session.link());
            }
        } else {
            ending.removeIf(link -> (late || !link.isUp()) && link.end());
        }
        if (current.isEmpty() && ending.isEmpty() || System.nanoTime() - endNanos > TimeUnit.SECONDS.toNanos(1)) {
            become(MqttState.Kind.CLOSED, new Text("已停止接收", "has stopped taking messages"));
            left.countDown();
        } else {
            loop.schedule(() -> guarded(() -> leave(endNanos, left)), 10, TimeUnit.MILLISECONDS);
        }
    }

    private void open() {
        if (stopped || current.isPresent()) {
            return;
        }
        ending.removeIf(MqttLink::end);
        if (ending.size() >= ENDING_MAX) {
            openAfter(backoff.next());
            return;
        }
        Version version = versions.next();
        MqttLink.Maker maker = version == Version.V5 ? Mqtt5Link::new : Mqtt3Link::new;
        tally.attempts.increment();
        try {
            MqttSession session = new MqttSession(source, version, new Wire(tls, version), door, hold, tally, keeper, maker);
            current = Optional.of(session);
            session.link().open();
        } catch (MqttLink.MqttRefused e) {
            current.ifPresentOrElse(session -> ended(session, e.trouble()), () -> again(e.trouble()));
        }
    }

    private void opened(MqttSession session, boolean kept) {
        if (!isCurrent(session)) {
            return;
        }
        tally.connects.increment();
        versions.opened();
        guess.opened(kept);
        if (kept && subscribedOnce) {
            up();
            return;
        }
        // After a start we subscribe in any case: the list may have changed since the session began.
        try {
            session.link().subscribe(source.filters());
        } catch (MqttLink.MqttRefused e) {
            ended(session, e.trouble());
        }
    }

    private void up() {
        subscribedOnce = true;
        upSinceNanos = System.nanoTime();
        become(
                MqttState.Kind.CONNECTED,
                new Text("已连接 " + source.place(), "connected to " + source.place()));
        tellJournal();
    }

    private void ended(MqttSession session, MqttTrouble trouble) {
        session.die();
        if (!isCurrent(session)) {
            return;
        }
        current = Optional.empty();
        if (!session.link().end()) {
            ending.add(session.link());
        }
        if (stopped) {
            return;
        }
        MqttTrouble told = trouble;
        if (state.isConnected()) {
            tally.losses.increment();
            long lived = System.nanoTime() - upSinceNanos;
            if (lived > STABLE_NANOS) {
                backoff.reset();
            }
            if (trouble.kind() == MqttTrouble.Kind.LOST && guess.lost(lived)) {
                told = MqttTrouble.perhapsTakenOver(source.place());
            }
        } else {
            guess.failed();
        }
        quiet.warn(told);
        if (versions.failed(session.version(), told.kind())) {
            become(MqttState.Kind.CONNECTING, told);
            post(this::open);
        } else {
            again(told);
        }
        tellJournal();
    }

    private void again(MqttTrouble trouble) {
        switch (trouble.kind()) {
            case TAKEN_OVER -> {
                stopped = true;
                become(MqttState.Kind.TAKEN_OVER, trouble);
            }
            case PERHAPS_TAKEN_OVER -> {
                guess.forget();
                become(MqttState.Kind.TAKEN_OVER, trouble);
                openAfter(GUESSED_PAUSE);
            }
            // The watch comes back when there is room.
            case HELD_BACK -> become(MqttState.Kind.HELD_BACK, trouble);
            default -> {
                become(MqttState.Kind.CONNECTING, trouble);
                openAfter(backoff.next());
            }
        }
    }

    /** Looks for what nobody tells: connections that hang, room in the inbox, what the journal is still to hear. */
    private void watch() {
        ending.removeIf(MqttLink::end);
        tellJournal();
        quiet.turn();
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        current.ifPresent(session -> {
            boolean hangs = !state.isConnected() && session.ageNanos(now) > MqttTimes.OPENING_MOST.toNanos();
            boolean silent = session.wire()
                    .heardNanos()
                    .map(heard -> now - heard > MqttTimes.SILENCE_MOST.toNanos())
                    .orElse(false);
            boolean gone = state.isConnected() && !session.link().isUp() && now - upSinceNanos > STABLE_NANOS;
            if (hangs || silent || gone) {
                ended(session, MqttTrouble.silent(source.place()));
            }
        });
        if (state.kind() == MqttState.Kind.HELD_BACK && hasRoom()) {
            become(MqttState.Kind.CONNECTING, connecting());
            open();
        }
    }

    private boolean hasRoom() {
        try {
            return door.awaitRoom(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void tellJournal() {
        long now = System.nanoTime();
        reports.is(state.isConnected(), now);
        reports.due(now).ifPresent(up -> {
            if (door.offer(Arrival.of(received -> new Entry.Link(received, LINK, up), LINK_BYTES))) {
                reports.told(up, now);
            }
        });
    }

    private void become(MqttState.Kind kind, MqttTrouble trouble) {
        state = new MqttState(kind, since(kind), trouble.sentence(), Optional.of(trouble.sentence()));
    }

    private void become(MqttState.Kind kind, Text sentence) {
        if (kind != state.kind()) {
            LOG.atInfo().addKeyValue("broker", source.place()).log(sentence.en());
        }
        state = new MqttState(kind, since(kind), sentence, state.lastTrouble());
    }

    private Instant since(MqttState.Kind kind) {
        return kind == state.kind() ? state.since() : clock.instant();
    }

    private Text connecting() {
        return new Text("正在连接 " + source.place(), "connecting to " + source.place());
    }

    private boolean isCurrent(MqttSession session) {
        return current.isPresent() && current.get() == session;
    }

    private void openAfter(Duration wait) {
        loop.schedule(() -> guarded(this::open), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void post(Runnable work) {
        try {
            loop.execute(() -> guarded(work));
        } catch (RejectedExecutionException e) {
            LOG.trace("closed: nothing more is to be done", e);
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            tally.failures.increment();
            LOG.atError().setCause(e).log("the MQTT intake failed, it goes on");
        }
    }

    /** Takes what happens on other threads to the loop. */
    private final class Posts implements MqttSession.Keeper {
        @Override
        public void opened(MqttSession session, boolean kept) {
            post(() -> MqttIntake.this.opened(session, kept));
        }

        @Override
        public void subscribed(MqttSession session) {
            post(() -> {
                if (isCurrent(session)) {
                    up();
                }
            });
        }

        @Override
        public void ended(MqttSession session, MqttTrouble trouble) {
            post(() -> MqttIntake.this.ended(session, trouble));
        }
    }
}
