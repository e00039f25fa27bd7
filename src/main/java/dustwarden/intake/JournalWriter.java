package dustwarden.intake;

import dustwarden.core.Decision;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.ledger.DecisionWriter;
import dustwarden.ledger.EntryCodec;
import dustwarden.ledger.Joined;
import dustwarden.ledger.Ledger;
import dustwarden.ledger.LedgerUnwritable;
import dustwarden.ledger.Position;
import dustwarden.ledger.Replay;
import dustwarden.ledger.Stepper;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that journals, steps the core, and journals what the core decided.
 *
 * <p>One commit holds batch k, the decisions of batch k-1 and how far decisions are stored. A batch is acknowledged after its
 * commit and stepped after that. Decisions are committed at once; where many arrivals come they {@link Gathering gather} a little
 * before a commit. Where the ledger cannot be written, nothing is acknowledged and the commit is tried again until it can.
 */
public final class JournalWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int BATCH_MAX = 4096;
    private static final long BATCH_BYTES_MAX = 4 << 20;
    private static final long TICK_MS = 1000;
    private static final long RETRY_MS = 500;
    private static final int RECOVERY_PAGE = 1000;

    private final Ledger ledger;
    private final Inbox inbox;
    private final InstantSource clock;
    private final Stepper core;
    private final DecisionWriter writer;
    private final Checkpoint checkpoint;
    private final StateStoring storing;
    private final Gathering gathering = new Gathering(BATCH_MAX);
    private final WriterCounts counts = new WriterCounts();
    private final List<DecisionListener> decisionListeners = new CopyOnWriteArrayList<>();
    private final List<EntryListener> entryListeners = new CopyOnWriteArrayList<>();
    private final List<TakenListener> takenListeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "journal");
    private volatile WriterState state = WriterState.stopped("not started");
    private List<StoredDecision> pending = new ArrayList<>();
    private long received;
    private long steppedTo;

    /**
     * @param clock tells the received times; may jump ahead, and is not believed when it runs backwards
     * @param core stepped on the journal's thread only
     */
    public JournalWriter(
            Ledger ledger, Inbox inbox, InstantSource clock, Stepper core, DecisionWriter writer, Checkpoint checkpoint) {
        this.ledger = ledger;
        this.inbox = inbox;
        this.clock = clock;
        this.core = core.guarded((offset, failure) -> {
            counts.stepFailed();
            LOG.atError().addKeyValue("offset", offset).setCause(failure).log("the core failed at an entry");
        });
        this.writer = writer;
        this.checkpoint = checkpoint;
        this.storing = new StateStoring(ledger::putSnapshot);
    }

    /** To be called before the start. */
    public void onDecisions(DecisionListener listener) {
        decisionListeners.add(listener);
    }

    /** To be called before the start. */
    public void onEntries(EntryListener listener) {
        entryListeners.add(listener);
    }

    /** To be called before the start. */
    public void onTaken(TakenListener listener) {
        takenListeners.add(listener);
    }

    /**
     * Steps the core over what is stored from {@code coreAt} on, comparing, then takes in what comes.
     *
     * @param coreAt the core holds all entries below it, from a snapshot of its own version; 0 for a new core
     */
    public Recovered start(long coreAt) {
        Position end = ledger.position();
        Replay replay = new Replay(
                ledger,
                core,
                writer,
                d -> LOG.atError().addKeyValue("offset", d.offset()).log("decided otherwise than stored"));
        Replay.Result compared = replay.range(coreAt, Math.max(coreAt, end.applied()));
        long at = Math.max(coreAt, end.applied());
        while (at < end.nextOffset()) {
            for (StoredEntry e : ledger.entries(at, RECOVERY_PAGE)) {
                step(e.offset(), e.entry());
                at = e.offset() + 1;
            }
        }
        received = end.lastReceived().orElse(0);
        steppedTo = received;
        state = WriterState.running();
        thread.start();
        return new Recovered(compared, end.nextOffset() - end.applied());
    }

    public WriterState state() {
        return state;
    }

    public WriterFigures figures() {
        return counts.figures(inbox);
    }

    /** Refuses new arrivals, journals those in the inbox, steps and stores, and returns when all is done. */
    @Override
    public void close() {
        inbox.close();
        stopping.countDown();
        boolean interrupted = Joined.interrupted(thread);
        storing.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                // Asked before the drain: what was offered before the close is then in the inbox.
                open = !inbox.isClosed();
                Duration wait = wait(open);
                if (!wait.isZero()) {
                    inbox.gather(gathering, wait);
                }
                List<Arrival> batch = inbox.drain(gathering.batch(), BATCH_BYTES_MAX, Duration.ZERO);
                open |= !batch.isEmpty() || !pending.isEmpty();
                if (!turn(batch)) {
                    return;
                }
            }
            if (ledger.position().applied() < ledger.position().nextOffset()) {
                commit(List.of(), List.of(), ledger.position().nextOffset());
            }
            state = WriterState.stopped("closed");
        } catch (RuntimeException | Error e) {
            state = WriterState.stopped(String.valueOf(e.getMessage()));
            inbox.close();
            LOG.atError().setCause(e).log("the journal's thread ended");
        }
    }

    private Duration wait(boolean open) {
        if (!pending.isEmpty() || !open) {
            return Duration.ZERO;
        }
        long untilTick = received == 0 ? TICK_MS : received + TICK_MS - clock.millis();
        return Duration.ofMillis(Math.max(1, Math.min(TICK_MS, untilTick)));
    }

    /** Journals a batch with what was decided before, acknowledges and steps it; false where it had to be given up. */
    private boolean turn(List<Arrival> batch) {
        List<Arrival> taken = new ArrayList<>(batch.size());
        List<Entry> entries = stamped(batch, taken);
        if (entries.isEmpty() && pending.isEmpty()) {
            return true;
        }
        long first = ledger.position().nextOffset();
        List<StoredDecision> decided = pending;
        if (!commit(entries, decided, first)) {
            return false;
        }
        pending = new ArrayList<>();
        counts.committed(entries, decided);
        for (Arrival a : taken) {
            quietly(a.acknowledged());
        }
        tell(first, entries, decided);
        checkpoint(first);
        long began = System.nanoTime();
        List<Optional<List<Taken>>> stepped = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            step(first + i, entries.get(i));
            stepped.add(core.taken());
        }
        gathering.stepped(entries.size(), System.nanoTime() - began);
        takenListeners.forEach(l -> quietly(() -> l.stepped(first, stepped)));
        return true;
    }

    private List<Entry> stamped(List<Arrival> batch, List<Arrival> taken) {
        long now = Math.max(received, clock.millis());
        List<Entry> entries = new ArrayList<>(Math.max(1, batch.size()));
        for (Arrival a : batch) {
            try {
                entries.add(EntryCodec.normal(a.entry().apply(now)));
                taken.add(a);
            } catch (RuntimeException e) {
                counts.callbackFailed();
                LOG.atError().setCause(e).log("an arrival could not become an entry and is dropped");
                quietly(a.acknowledged());
            }
        }
        // An empty journal waits for its first entry, which says what judges; time begins with it.
        boolean begun = received > 0;
        if (entries.isEmpty() && pending.isEmpty() && begun && now >= received + TICK_MS && !inbox.isClosed()) {
            entries.add(new Entry.Tick(now));
        }
        if (!entries.isEmpty()) {
            received = now;
        }
        return entries;
    }

    private boolean commit(List<Entry> entries, List<StoredDecision> decided, long applied) {
        while (true) {
            long start = System.nanoTime();
            gathering.commits(start);
            try {
                ledger.append(entries, decided, applied);
                counts.commitTook(System.nanoTime() - start);
                if (state.kind() == WriterState.Kind.STALLED) {
                    LOG.info("the journal can be written again");
                    state = WriterState.running();
                }
                return true;
            } catch (LedgerUnwritable e) {
                if (state.kind() != WriterState.Kind.STALLED) {
                    LOG.atError().setCause(e).log("the journal cannot be written, intake waits");
                    state = WriterState.stalled(e.getMessage());
                }
                if (stopsWithin(RETRY_MS)) {
                    state = WriterState.stopped(e.getMessage());
                    return false;
                }
            }
        }
    }

    private boolean stopsWithin(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void tell(long firstOffset, List<Entry> entries, List<StoredDecision> decided) {
        if (!entries.isEmpty()) {
            List<Entry> told = List.copyOf(entries);
            entryListeners.forEach(l -> quietly(() -> l.committed(firstOffset, told)));
        }
        if (!decided.isEmpty()) {
            List<StoredDecision> told = List.copyOf(decided);
            decisionListeners.forEach(l -> quietly(() -> l.committed(told.get(0).number(), told)));
        }
    }

    private void checkpoint(long applied) {
        if (storing.isBusy()) {
            return;
        }
        storing.failure().ifPresent(this::notStored);
        try {
            checkpoint.due(applied, steppedTo).ifPresent(storing::store);
        } catch (RuntimeException e) {
            notStored(e);
        }
    }

    private void notStored(Throwable why) {
        counts.callbackFailed();
        LOG.atWarn().setCause(why).log("states could not be stored; a start would take longer");
        quietly(checkpoint::failed);
    }

    private void step(long offset, Entry entry) {
        steppedTo = entry.received();
        long number = ledger.position().nextDecision() + pending.size();
        for (Decision d : core.step(offset, entry)) {
            pending.add(writer.stored(number++, d));
        }
    }

    private void quietly(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            counts.callbackFailed();
            LOG.atWarn().setCause(e).log("a callback of the journal failed");
        }
    }
}
