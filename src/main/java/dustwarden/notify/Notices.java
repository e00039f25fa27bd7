package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.AlarmJson;
import dustwarden.series.Json;
import dustwarden.series.Listed;
import dustwarden.series.RecentLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each notice that the core found due, over its channel, and keeps its fate.
 *
 * <p>An attempt is noted before it is made: what was under way at a crash goes out once more with the same id and is marked as
 * a repeat. Channels wait for each other in nothing. Where this ledger of notices is new and the journal is not, notices over
 * an hour old are not sent: they are noted as failed, since they were perhaps sent and surely are no news.
 */
public final class Notices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int DECISIONS_PAGE = 1000;
    private static final int ATTEMPTS_MAX = 7;
    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
    private static final Duration HISTORY = Duration.ofHours(1);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int ALARMS_LOOKED_AT = 200;

    private final RecentLog log;
    private final NoticeStore store;
    private final Map<String, Channel> channels;
    private final NoticeWords words;
    private final InstantSource clock;
    private final boolean historyPlays;
    private final Map<String, ExecutorService> lanes = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread = new Thread(this::run, "notices");
    private boolean ringing;
    private volatile boolean closed;

    /**
     * @param channels by the names that sites' contacts use; {@code log} among them
     * @param historyPlays the journal is being filled with a past that nobody wants to be told of
     */
    public Notices(
            Path directory,
            RecentLog log,
            Map<String, Channel> channels,
            NoticeWords words,
            InstantSource clock,
            boolean historyPlays) {
        this.log = log;
        this.store = new NoticeStore(directory, log.ledger().position().nextDecision());
        this.channels = Map.copyOf(channels);
        this.words = words;
        this.clock = clock;
        this.historyPlays = historyPlays;
        this.thread.setDaemon(true);
        channels.keySet().forEach(name -> lanes.put(name, Executors.newSingleThreadExecutor(work -> {
            Thread lane = new Thread(work, "channel-" + name);
            lane.setDaemon(true);
            return lane;
        })));
    }

    public void start() {
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

    /** Decisions that are stored and not yet looked at. */
    public long lag() {
        return Math.max(0, log.ledger().position().nextDecision() - store.cursor());
    }

    /** How many notices there are, by {@code channel/fate}. */
    public Map<String, Long> counts() {
        return store.counts();
    }

    /**
     * Notices as JSON of the API, newest first; blocks on the file.
     *
     * @param sites only notices about these; empty: about all
     */
    public Listed list(
            Optional<String> alarm, Optional<String> fate, Optional<Set<String>> sites, int limit, Optional<String> cursor) {
        return store.list(alarm, fate, sites, limit, Listed.place(cursor, Long.MAX_VALUE));
    }

    private void run() {
        while (!closed) {
            try {
                boolean more = takeIn();
                boolean any = dispatch();
                if (!more && !any) {
                    await(pause());
                }
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("notices could not be handled; tried again");
                await(IDLE);
            }
        }
    }

    private Duration pause() {
        return store.nextDue()
                .map(due -> Duration.ofMillis(Math.max(20, Math.min(IDLE.toMillis(), due - clock.millis()))))
                .orElse(IDLE);
    }

    /** Looks at the next decisions; answers whether there were any. */
    boolean takeIn() {
        List<StoredDecision> page = log.decisions(store.cursor(), DECISIONS_PAGE);
        if (page.isEmpty()) {
            return false;
        }
        List<NoticeStore.New> due = new ArrayList<>();
        Map<String, String> alarms = new LinkedHashMap<>();
        for (StoredDecision decision : page) {
            if (decision.type().equals("alarm")) {
                JsonNode json = Json.parse(decision.json());
                alarms.put(json.path("id").asText(), AlarmJson.transition(json).toString());
            } else if (decision.type().equals("notice")) {
                due.add(notice(decision, alarms));
            }
        }
        store.add(due, page.get(page.size() - 1).number() + 1);
        return true;
    }

    private NoticeStore.New notice(StoredDecision decision, Map<String, String> alarms) {
        JsonNode json = Json.parse(decision.json());
        String alarm = json.path("alarm").asText();
        String site = decision.site().orElse("");
        String channel = json.path("channel").asText();
        String receiver = json.path("receiver").asText();
        String transition = json.path("transition").asText();
        String shown = alarms.computeIfAbsent(alarm, id -> stored(site, id, decision.number()));
        String id = CanonicalJson.sha256(alarm + "|" + transition + "|" + receiver + "|" + channel + "|" + decision.number())
                .substring(0, 16);
        Notice notice = new Notice(
                id, decision.number(), decision.at(), site, alarm, transition, receiver, channel, shown, false);
        boolean old = clock.millis() - decision.at() > HISTORY.toMillis()
                && (historyPlays || decision.number() < store.historyEnd());
        if (old && !channel.equals("log")) {
            return new NoticeStore.New(notice, Fate.FAILED, "history: over an hour old when this ledger of notices saw it");
        }
        if (!channels.containsKey(channel)) {
            return new NoticeStore.New(notice, Fate.FAILED, "no channel of the settings is called " + channel);
        }
        return new NoticeStore.New(notice, Fate.PENDING, "");
    }

    private String stored(String site, String alarm, long before) {
        return log.ledger().newest(site, "alarm", before, ALARMS_LOOKED_AT).stream()
                .map(d -> Json.parse(d.json()))
                .filter(json -> json.path("id").asText().equals(alarm))
                .findFirst()
                .map(json -> AlarmJson.transition(json).toString())
                .orElseGet(() -> Json.object().put("id", alarm).put("site", site).toString());
    }

    /** Gives every idle channel its next notice; answers whether there was one. */
    boolean dispatch() {
        boolean any = false;
        for (Map.Entry<String, Channel> each : channels.entrySet()) {
            synchronized (busy) {
                if (busy.contains(each.getKey())) {
                    continue;
                }
            }
            Optional<Notice> notice = store.begin(each.getKey(), clock.millis());
            if (notice.isPresent()) {
                any = true;
                synchronized (busy) {
                    busy.add(each.getKey());
                }
                lanes.get(each.getKey()).execute(() -> send(each.getKey(), each.getValue(), notice.get()));
            }
        }
        return any;
    }

    private void send(String name, Channel channel, Notice notice) {
        try {
            settle(notice, channel.send(notice, words.of(notice)));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("channel", name).setCause(e).log("a channel failed");
            settle(notice, new Channel.Answer.Never(String.valueOf(e)));
        } finally {
            synchronized (busy) {
                busy.remove(name);
            }
            wake();
        }
    }

    private void settle(Notice notice, Channel.Answer answer) {
        long now = clock.millis();
        if (answer instanceof Channel.Answer.Taken) {
            store.end(notice.number(), Fate.SENT, answer.text(), now);
            return;
        }
        int attempts = store.attempts(notice.number());
        if (answer instanceof Channel.Answer.NotNow && attempts < ATTEMPTS_MAX) {
            store.again(notice.number(), answer.text(), now + (BACKOFF_FIRST.toMillis() << 2 * (attempts - 1)));
            return;
        }
        LOG.atError()
                .addKeyValue("channel", notice.channel())
                .addKeyValue("alarm", notice.alarm())
                .addKeyValue("answer", answer.text())
                .log("a notice could not be sent");
        store.end(notice.number(), Fate.FAILED, answer.text(), now);
    }

    private void await(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!closed && !ringing && left > 0) {
                left = woken.awaitNanos(left);
            }
            ringing = false;
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is being sent, a few seconds at most; the rest is sent after the next start. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join();
            for (ExecutorService lane : lanes.values()) {
                lane.shutdown();
            }
            for (ExecutorService lane : lanes.values()) {
                if (!lane.awaitTermination(6, TimeUnit.SECONDS)) {
                    lane.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.values().forEach(Channel::close);
        store.close();
    }
}
