package dustwarden.live;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.live.BureauStore.Due;
import dustwarden.series.Cursor;
import dustwarden.series.RecentLog;
import dustwarden.series.View;
import dustwarden.series.ViewDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a monitor's data to a bureau as an HJ 212 device: one frame at a time, in order, until its 9014 has come.
 *
 * <p>A frame keeps its QN however often it goes out, over restarts too. One that stays unanswered after its resends means
 * that the line is down: it is opened anew, ever more seldom up to a minute. Each night the log says how many of the day's
 * readings the bureau has acknowledged.
 */
public final class BureauClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BureauClient.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(1);
    private static final Duration NIGHT = Duration.ofMinutes(15);

    private final BureauTarget target;
    private final BureauStore store;
    private final BureauView view;
    private final BureauFrames frames;
    private final InstantSource clock;
    private final Duration retryFirst;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder resent = new LongAdder();
    private final LongAdder strange = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private volatile boolean closed;
    private volatile boolean connected;
    private volatile Optional<BureauLine> open = Optional.empty();
    private Duration retry;
    private boolean down;

    /** A client that begins with what is journaled from now on, or where its file says that it was. */
    public BureauClient(Path directory, RecentLog log, BureauTarget target, InstantSource clock) {
        this(directory, log, target, clock, RETRY_FIRST);
    }

    BureauClient(Path directory, RecentLog log, BureauTarget target, InstantSource clock, Duration retryFirst) {
        this.target = target;
        this.clock = clock;
        this.retryFirst = retryFirst;
        this.retry = retryFirst;
        this.frames = new BureauFrames(target);
        this.store = new BureauStore(directory.resolve("forward-" + target.key() + ".db"));
        // Each start journals what is in force, so the content comes before the first reading.
        Cursor end = new Cursor(log.ledger().position().nextOffset(), log.ledger().position().nextDecision(), OptionalLong.empty());
        this.view = new BureauView(target, store, end, clock, this::wake);
        this.thread = new Thread(this::run, view.name());
        this.thread.setDaemon(true);
    }

    /** What feeds it from the logs; it closes the file. */
    public View view() {
        return view;
    }

    public void start() {
        thread.start();
    }

    private void wake() {
        lock.lock();
        try {
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            try (BureauLine line = new BureauLine()) {
                open = Optional.of(line);
                line.connect(target.host(), target.port());
                connected = true;
                if (down) {
                    LOG.atInfo().addKeyValue("bureau", target.key()).addKeyValue("waiting", store.waiting())
                            .log("the bureau can be reached again");
                    down = false;
                }
                while (!closed) {
                    turn(line);
                }
            } catch (IOException | ViewDb.Failed e) {
                lost(e);
            } finally {
                connected = false;
                open = Optional.empty();
            }
        }
    }

    private void lost(Exception e) {
        if (closed) {
            return;
        }
        if (!down) {
            LOG.atWarn()
                    .addKeyValue("bureau", target.key())
                    .addKeyValue("trouble", String.valueOf(e.getMessage()))
                    .log("the bureau cannot be reached; what is due waits");
            down = true;
        }
        pause(retry);
        retry = retry.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : retry.multipliedBy(2);
        tellNight();
    }

    private void pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = woken.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void turn(BureauLine line) throws IOException {
        tellNight();
        Optional<Due> due = store.next();
        if (due.isEmpty()) {
            Optional<Hj212Frame> request = line.next(IDLE);
            if (request.isPresent()) {
                strange(line, request.get());
            }
            return;
        }
        if (due.get().cn().equals(BureauFrames.CARRIED_OUT)) {
            line.send(frames.frame(due.get()));
            store.acknowledged(due.get());
            return;
        }
        for (int sent = 0; sent <= target.resends() && !closed; sent++) {
            if (store.sending(due.get()) > 1) {
                resent.increment();
            }
            line.send(frames.frame(due.get()));
            if (isAcknowledged(line, due.get())) {
                store.acknowledged(due.get());
                acknowledged.increment();
                retry = retryFirst;
                return;
            }
        }
        throw new IOException("no 9014 after " + (target.resends() + 1) + " times " + target.timeout());
    }

    private boolean isAcknowledged(BureauLine line, Due due) throws IOException {
        long end = System.nanoTime() + target.timeout().toNanos();
        for (long left = end - System.nanoTime(); left > 0 && !closed; left = end - System.nanoTime()) {
            Optional<Hj212Frame> came = line.next(Duration.ofNanos(left));
            if (came.isEmpty()) {
                return false;
            }
            boolean ours = came.get().get("QN").equals(due.qn());
            if (ours && came.get().cn().equals("9014")) {
                return true;
            }
            if (ours && came.get().cn().equals("9011")) {
                throw new IOException("the bureau refuses, QnRtn=" + came.get().plain("QnRtn").replaceAll("[^0-9]", "?"));
            }
            strange(line, came.get());
        }
        return false;
    }

    /** An answer to nothing that waits, or a request: for what was sent before, which is sent again, or one that is refused. */
    private void strange(BureauLine line, Hj212Frame frame) throws IOException {
        Optional<BureauRequest> history = BureauRequest.of(frame, target);
        if (history.isPresent()) {
            BureauRequest wanted = history.get();
            line.send(Hj212Answer.agreement(frame));
            store.history(wanted.qn(), wanted.cn(), wanted.from(), wanted.to(), clock.millis(), frames::qn);
            asked.increment();
            return;
        }
        strange.increment();
        line.refuse(frame);
    }

    /** Once a night, a quarter of an hour after midnight: what was judged against what the bureau has. */
    private void tellNight() {
        Instant now = clock.instant();
        String today = now.minus(NIGHT).atZone(target.zone()).toLocalDate().toString();
        for (BureauDay day : store.untold(today)) {
            (day.missing() == 0 ? LOG.atInfo() : LOG.atWarn())
                    .addKeyValue("bureau", target.key())
                    .addKeyValue("day", day.day())
                    .addKeyValue("judged", day.judged())
                    .addKeyValue("acknowledged", day.acknowledged())
                    .addKeyValue("dropped", day.dropped())
                    .addKeyValue("waiting", store.waiting())
                    .log("readings of the day that the bureau has acknowledged");
        }
    }

    /** Site, device and bureau, as the label of its metrics. */
    public String key() {
        return target.key();
    }

    public String site() {
        return target.site();
    }

    public String device() {
        return target.device();
    }

    public boolean isConnected() {
        return connected;
    }

    /** Frames that the bureau has not acknowledged. */
    public long waiting() {
        return store.waiting();
    }

    /** Frames acknowledged, sent again, frames of the bureau that belong to nothing, and its requests that were met, since the start. */
    public Counts counts() {
        return new Counts(acknowledged.sum(), resent.sum(), strange.sum(), asked.sum());
    }

    /** What happened since the start. */
    public record Counts(long acknowledged, long resent, long strange, long asked) {}

    /** Readings of the newest day that the core took and that the bureau lacks. */
    public long missing() {
        return store.days(2).stream().mapToLong(BureauDay::missing).sum();
    }

    /** The newest days' accounts, newest first. */
    public List<BureauDay> days(int most) {
        return store.days(most);
    }

    /** Stops sending; the view is closed by its runner. */
    @Override
    public void close() {
        closed = true;
        wake();
        open.ifPresent(BureauLine::close);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
