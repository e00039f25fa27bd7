package dustwarden.live;

import dustwarden.ledger.Joined;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.AlarmJson;
import dustwarden.series.Json;
import dustwarden.series.RecentLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every transition of an alarm under {@code warden/v1/{site}/alarm}, in order, and each site's newest checklist,
 * retained, under {@code warden/v1/{site}/checklist}.
 *
 * <p>An alarm is on the broker at least once. What may have gone out before a crash or a lost connection goes out again with
 * {@code "repeat":true}. Alarms go before all else, woken by the commit of their decision.
 */
public final class MqttOut implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttOut.class);
    private static final int DECISIONS_PAGE = 500;
    private static final int IDLE_MARK = 2_000;
    private static final Duration ACK_MAX = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MAX = Duration.ofSeconds(10);

    private final RecentLog log;
    private final Link link;
    private final OutLedger ledger;
    private final Checklists checklists;
    private final Posts posts = new Posts();
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread = new Thread(this::run, "mqtt-out");
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private boolean ringing;
    private volatile boolean closed;
    private volatile boolean connected;
    private volatile long done;
    // Touched on the own thread only.
    private final InFlight inFlight;
    private int window;
    private long next;
    private long repeatBelow;
    private long generation;
    private Duration retry = RETRY_FIRST;

    /** @param checklist the checklist of a site as JSON; called on the own thread */
    public MqttOut(Path directory, RecentLog log, MqttTarget target, Function<String, Optional<String>> checklist) {
        this(directory, log, new PahoLink(target), checklist);
    }

    MqttOut(Path directory, RecentLog log, Link link, Function<String, Optional<String>> checklist) {
        this.log = log;
        this.link = link;
        this.checklists = new Checklists(checklist);
        this.ledger = OutLedger.open(directory, log.ledger().position().nextDecision());
        this.done = ledger.marks().done();
        this.inFlight = new InFlight(done);
        this.thread.setDaemon(true);
    }

    /** @param sites whose checklists go out at once */
    public void start(Collection<String> sites) {
        sites.forEach(checklists::changed);
        thread.start();
    }

    /** Decisions were committed; from any thread. */
    public void wake() {
        lock.lock();
        try {
            ringing = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A site's checklist reads otherwise now; it goes out within a second. From any thread. */
    public void checklistChanged(String site) {
        checklists.changed(site);
    }

    /** Publishes one message that nobody keeps a record of here; fails when it is not acknowledged in time. */
    public CompletableFuture<Void> post(String topic, byte[] body) {
        CompletableFuture<Void> outcome = posts.offer(topic, body);
        wake();
        return outcome;
    }

    public boolean connected() {
        return connected;
    }

    /** Decisions that are stored and not yet looked at or not yet with the broker. */
    public long lag() {
        return Math.max(0, log.ledger().position().nextDecision() - done);
    }

    /** Alarms that were acknowledged by the broker since the start, repeats included. */
    public long published() {
        return published.get();
    }

    /** Messages that the broker would not take. */
    public long refused() {
        return refused.get();
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException e) {
                lost(e.getMessage());
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("MQTT out failed and begins anew");
                lost(String.valueOf(e.getMessage()));
            }
        }
    }

    private void turn() throws IOException {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        if (!connected) {
            connect();
        }
        boolean more = alarms();
        more |= posts();
        more |= checklists();
        settle();
        if (inFlight.overdue(ACK_MAX)) {
            throw new IOException("the broker acknowledges nothing");
        }
        if (!more) {
            await(checklists.pending() ? Checklists.EVERY : IDLE);
        }
    }

    private void connect() throws IOException {
        long mine = ++generation;
        window = link.open(new LinkEvents(mine));
        connected = true;
        retry = RETRY_FIRST;
        repeatBelow = ledger.marks().begun();
        next = inFlight.restart();
        checklists.restart();
    }

    private void lost(String why) {
        if (connected) {
            LOG.atWarn().addKeyValue("reason", why).log("the broker for alarms is lost");
        }
        connected = false;
        generation++;
        link.close();
        posts.failAll(why);
        await(retry);
        retry = retry.multipliedBy(2).compareTo(RETRY_MAX) > 0 ? RETRY_MAX : retry.multipliedBy(2);
    }

    /** Publishes the next alarms that there is room for; answers whether there may be more at once. */
    private boolean alarms() throws IOException {
        int room = window - inFlight.size();
        List<StoredDecision> page = room > 0 ? log.decisions(next, DECISIONS_PAGE) : List.of();
        List<StoredDecision> due = new ArrayList<>();
        for (StoredDecision decision : page) {
            boolean alarm = decision.type().equals("alarm") && !inFlight.acknowledged(decision.number());
            if (alarm && due.size() == room) {
                break;
            }
            if (alarm) {
                due.add(decision);
            }
            next = decision.number() + 1;
        }
        if (!due.isEmpty()) {
            ledger.mark(new OutLedger.Marks(inFlight.doneBelow(due.get(0).number()), Math.max(next, ledger.marks().begun())));
        }
        for (StoredDecision decision : due) {
            publish(decision);
        }
        return !page.isEmpty() && inFlight.size() < window;
    }

    private void publish(StoredDecision decision) throws IOException {
        var alarm = AlarmJson.transition(Json.parse(decision.json()));
        if (decision.number() < repeatBelow) {
            alarm.put("repeat", true);
        }
        inFlight.add(decision.number());
        link.publish(
                decision.number(),
                "warden/v1/" + decision.site().orElseThrow() + "/alarm",
                alarm.toString().getBytes(StandardCharsets.UTF_8),
                false);
    }

    private boolean posts() throws IOException {
        Optional<Posts.Post> post = inFlight.size() < window ? posts.next() : Optional.empty();
        if (post.isPresent()) {
            inFlight.addOther();
            link.publish(post.get().ticket(), post.get().topic(), post.get().body(), false);
        }
        return post.isPresent();
    }

    private boolean checklists() throws IOException {
        Optional<Checklists.Due> due = inFlight.size() < window ? checklists.next() : Optional.empty();
        if (due.isPresent()) {
            inFlight.addOther();
            link.publish(due.get().ticket(), "warden/v1/" + due.get().site() + "/checklist", due.get().body(), true);
        }
        return due.isPresent();
    }

    private void settle() {
        long settled = inFlight.doneBelow(next);
        boolean acknowledged = settled > ledger.marks().done() && ledger.marks().done() < ledger.marks().begun();
        if (acknowledged || settled - ledger.marks().done() > IDLE_MARK) {
            ledger.mark(new OutLedger.Marks(settled, Math.max(settled, ledger.marks().begun())));
        }
        done = settled;
    }

    private void await(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!closed && !ringing && events.isEmpty() && left > 0) {
                left = woken.awaitNanos(left);
            }
            ringing = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends without waiting for what is in flight; that goes out once more at the next start. */
    @Override
    public void close() {
        closed = true;
        wake();
        boolean interrupted = Joined.interrupted(thread);
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        if (connected) {
            settle();
        }
        link.close();
        posts.failAll("closed");
        ledger.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Brings what one connection tells to the own thread. */
    private final class LinkEvents implements Link.Events {
        private final long mine;

        LinkEvents(long mine) {
            this.mine = mine;
        }

        @Override
        public void acknowledged(long ticket) {
            tell(() -> ended(ticket, true, ""));
        }

        @Override
        public void refused(long ticket, String why) {
            tell(() -> {
                refused.incrementAndGet();
                LOG.atError().addKeyValue("reason", why).log("the broker refuses a message");
                ended(ticket, false, why);
            });
        }

        @Override
        public void lost(String why) {
            tell(() -> MqttOut.this.lost(why));
        }

        private void ended(long ticket, boolean taken, String why) {
            if (ticket >= 0) {
                inFlight.end(ticket);
                published.addAndGet(taken ? 1 : 0);
            } else {
                inFlight.endOther();
                posts.ended(ticket, taken, why);
            }
        }

        private void tell(Runnable event) {
            events.add(() -> {
                if (mine == generation) {
                    event.run();
                }
            });
            wake();
        }
    }
}
