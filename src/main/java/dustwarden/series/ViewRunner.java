package dustwarden.series;

import dustwarden.ledger.Joined;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one view up with the logs on a thread of its own, in bounded batches.
 *
 * <p>While the view's store is down the same batch is tried again, ever more seldom up to half a minute. An entry that the
 * view cannot take in is quarantined with its reason and stops nothing.
 */
public final class ViewRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ViewRunner.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    /** @param gather with fewer entries than {@code entriesMax} waiting, wait so long for more after a batch */
    public record Pace(int entriesMax, Duration gather) {
        public Pace {
            if (entriesMax < 1) {
                throw new IllegalArgumentException("a batch has at least one entry, got " + entriesMax);
            }
        }
    }

    private final RecentLog log;
    private final View view;
    private final Pace pace;
    private final BatchReader reader;
    private final Consumer<LogBatch> applied;
    private final AtomicLong quarantined = new AtomicLong();
    private final Tellings unnamed = new Tellings();
    private long unnamedFirst;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;
    /** From where the next batch is read; ahead of the cursor of a view that still writes. */
    private Cursor next;
    private volatile Cursor cursor;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean closed;
    private boolean ringing;

    /** @param applied told of each batch after it is stored, on the view's thread */
    public ViewRunner(RecentLog log, View view, Pace pace, Consumer<LogBatch> applied) {
        this.log = log;
        this.view = view;
        this.pace = pace;
        this.applied = applied;
        this.reader = new BatchReader(log, this::undecodable, this::unnamed);
        this.cursor = view.cursor();
        this.next = cursor;
        log.reached(view.name(), cursor.entry());
        this.thread = new Thread(this::run, "view-" + view.name());
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Something was committed; from any thread, never blocks for long. */
    public void wake() {
        lock.lock();
        try {
            ringing = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    public String name() {
        return view.name();
    }

    /** Entries that are journaled and not yet in the view. */
    public long lag() {
        return Math.max(0, log.ledger().position().nextOffset() - cursor.entry());
    }

    /** Entries that were put aside since the start. */
    public long quarantined() {
        return quarantined.get();
    }

    /** Why nothing is taken in at present; empty while all is well. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Takes in the next batch on the calling thread; false where there is none, and then all is stored. */
    boolean turn() {
        Optional<LogBatch> batch = reader.next(next, pace.entriesMax());
        batch.ifPresentOrElse(this::take, this::settle);
        tellUnnamed();
        return batch.isPresent();
    }

    private void settle() {
        try {
            view.settle();
        } finally {
            next = view.cursor();
            moved();
        }
    }

    private void take(LogBatch batch) {
        try {
            view.apply(batch);
            next = batch.next();
            moved();
        } catch (View.Unavailable e) {
            next = view.cursor();
            moved();
            throw e;
        } catch (RuntimeException e) {
            next = view.cursor();
            moved();
            isolate(batch, e);
            return;
        }
        try {
            applied.accept(batch);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("view", view.name()).setCause(e).log("a follower of the view failed");
        }
    }

    private void moved() {
        cursor = view.cursor();
        log.reached(view.name(), cursor.entry());
    }

    /** Cuts a batch that cannot be taken in until its culprit stands alone. */
    private void isolate(LogBatch batch, RuntimeException why) {
        int size = batch.steps().size();
        long first = batch.steps().get(0).entry().offset();
        if (size == 1 && next.entry() < first) {
            // It has gone back to before the culprit, which comes again.
            return;
        }
        if (size == 1) {
            quarantined.incrementAndGet();
            LOG.atError()
                    .addKeyValue("view", view.name())
                    .addKeyValue("offset", first)
                    .setCause(why)
                    .log("an entry is put aside");
            view.quarantine(batch, String.valueOf(why));
            next = view.cursor();
            moved();
            return;
        }
        Cursor end = batch.next();
        while (next.entry() < end.entry()) {
            int part = (int) Math.max(1, Math.min(size / 2, end.entry() - next.entry()));
            reader.next(next, part).ifPresent(this::take);
        }
    }

    private void undecodable(long offset, RuntimeException why) {
        quarantined.incrementAndGet();
        LOG.atError().addKeyValue("view", view.name()).addKeyValue("offset", offset).setCause(why).log("an entry is not readable");
    }

    /** After a start many may follow: its birth came before all that this view has read. */
    private void unnamed(long offset) {
        quarantined.incrementAndGet();
        unnamedFirst = unnamed.total() == 0 ? offset : unnamedFirst;
        unnamed.add();
    }

    private void tellUnnamed() {
        unnamed.due(System.nanoTime()).ifPresent(times -> LOG.atWarn()
                .addKeyValue("view", view.name())
                .addKeyValue("times", times)
                .addKeyValue("first", unnamedFirst)
                .log("no birth certificate was read that names the aliases of these entries; what they name is left out"));
    }

    private void run() {
        Duration retry = RETRY_FIRST;
        while (!closed) {
            try {
                boolean any = turn();
                if (trouble.isPresent()) {
                    trouble = Optional.empty();
                    LOG.atInfo().addKeyValue("view", view.name()).log("the view takes in again");
                }
                retry = RETRY_FIRST;
                if (!any) {
                    await(Duration.ofSeconds(1), true);
                } else if (log.ledger().position().applied() - next.entry() < pace.entriesMax()) {
                    settle();
                    await(pace.gather(), false);
                }
            } catch (RuntimeException e) {
                if (trouble.isEmpty() && !closed) {
                    LOG.atWarn().addKeyValue("view", view.name()).setCause(e).log("the view takes nothing in");
                }
                trouble = Optional.of(String.valueOf(e.getMessage()));
                await(retry, false);
                retry = retry.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : retry.multipliedBy(2);
            }
        }
    }

    private void await(Duration atMost, boolean untilWoken) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!closed && left > 0 && !(untilWoken && ringing)) {
                left = woken.awaitNanos(left);
            }
            ringing = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the batch in hand; what is not in the view comes at the next start. */
    @Override
    public void close() {
        closed = true;
        wake();
        boolean interrupted = Joined.interrupted(thread);
        log.left(view.name());
        view.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
