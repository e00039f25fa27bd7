package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dustwarden.core.Content;
import dustwarden.core.model.CanonicalJson;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.AlarmJson;
import dustwarden.series.Json;
import dustwarden.series.Listed;
import dustwarden.series.RecentLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each notice that the core found due to people, over its channel, and keeps its fate.
 *
 * <p>An attempt is noted before it is made: what was under way at a crash goes out once more with the same id and is marked as
 * a repeat. Channels wait for each other in nothing. Where this ledger of notices is new and the journal is not, notices over
 * an hour old are not sent: they are noted as failed, since they were perhaps sent and surely are no news.
 */
public final class Notices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int DECISIONS_PAGE = 1000;
    private static final int PAGES_AT_ONCE = 50;
    private static final Duration HISTORY = Duration.ofHours(1);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int ALARMS_LOOKED_AT = 200;
    private static final byte[] SUPERSEDES = "\"supersedes\"".getBytes(StandardCharsets.US_ASCII);

    /**
     * What it works with.
     *
     * @param ways by the names that sites' contacts use; {@code log} among them
     * @param content as it is in force now
     * @param zone that months are counted in
     * @param journal takes an act of our own as JSON, or says no
     * @param historyPlays the journal is being filled with a past that nobody wants to be told of
     */
    public record Setup(
            Map<String, Way> ways, Supplier<Content> content, NoticeWords words, InstantSource clock, ZoneId zone,
            Predicate<String> journal, boolean historyPlays) {
        public Setup {
            ways = Map.copyOf(ways);
        }
    }

    private final RecentLog log;
    private final NoticeStore store;
    private final Setup setup;
    private final Dispatcher dispatcher;
    private final Map<String, ExecutorService> threads = new HashMap<>();
    private final Map<String, Executor> lanes = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread = new Thread(this::run, "notices");
    private boolean ringing;
    private volatile boolean closed;

    public Notices(Path directory, RecentLog log, Setup setup) {
        this(directory, log, setup, Optional.empty());
    }

    /** @param lane runs every channel's sending, for tests; empty: a thread each */
    Notices(Path directory, RecentLog log, Setup setup, Optional<Executor> lane) {
        this.log = log;
        this.setup = setup;
        this.store = new NoticeStore(directory, log.ledger().position().nextDecision());
        this.dispatcher = new Dispatcher(store, setup.ways(), new Receivers(setup.content()), setup.zone(), setup.clock(),
                setup.journal());
        this.thread.setDaemon(true);
        setup.ways().keySet().forEach(name -> lanes.put(name, lane.orElseGet(() -> own(name))));
    }

    private Executor own(String name) {
        ExecutorService own = Executors.newSingleThreadExecutor(work -> {
            Thread lane = new Thread(work, "channel-" + name);
            lane.setDaemon(true);
            return lane;
        });
        threads.put(name, own);
        return own;
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

    /** What links in notices lead to. */
    public AckDesk links(AckLinks links) {
        return new AckDesk(store, links, setup.words(), setup.clock());
    }

    /**
     * Notices as JSON of the API, newest first; blocks on the file.
     *
     * @param sites only notices about these; empty: about all, channels themselves among them
     */
    public Listed list(
            Optional<String> alarm, Optional<String> fate, Optional<Set<String>> sites, int limit, Optional<String> cursor) {
        return store.list(new NoticeTables.Question(
                alarm, fate, sites, limit, Listed.place(cursor, Long.MAX_VALUE), this::zone));
    }

    /** How much each receiver was told in {@code [from, to)}, epoch ms, as JSON of the API; blocks on the file. */
    public ArrayNode load(Optional<Set<String>> sites, long from, long to) {
        return store.load(sites, from, to, setup.zone()).json();
    }

    private ZoneId zone(String site) {
        return setup.content().get().register().site(site).map(s -> s.zone()).orElse(setup.zone());
    }

    private void run() {
        while (!closed) {
            try {
                takeInAll();
                dispatcher.report();
                if (!dispatch()) {
                    await(pause());
                }
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("notices could not be handled; tried again");
                await(IDLE);
            }
        }
    }

    private Duration pause() {
        long left = dispatcher.lookAt() - setup.clock().millis();
        return left > IDLE.toMillis() ? IDLE : left < LOOK.toMillis() ? LOOK : Duration.ofMillis(left);
    }

    /** Takes in what there is, at most some pages: what merges best is what is all there. */
    void takeInAll() {
        int pages = 0;
        while (pages < PAGES_AT_ONCE && takeIn()) {
            pages++;
        }
    }

    /** Looks at the next decisions; answers whether there were any. */
    boolean takeIn() {
        List<StoredDecision> page = log.decisions(store.cursor(), DECISIONS_PAGE);
        if (page.isEmpty()) {
            return false;
        }
        List<NoticeStore.New> due = new ArrayList<>();
        Map<String, String> about = new LinkedHashMap<>();
        Map<String, Boolean> channels = new HashMap<>();
        for (StoredDecision decision : page) {
            if (decision.type().equals("alarm")) {
                JsonNode json = Json.parse(decision.json());
                about.put(json.path("id").asText(), AlarmJson.transition(json).toString());
                if (json.path("rule").asText().equals(ChannelWatch.RULE)) {
                    channels.put(json.path("subject").asText(), ChannelWatch.saysDead(json.path("state").asText()));
                }
            } else if (decision.type().equals("verdict") && contains(decision.json(), SUPERSEDES)) {
                JsonNode json = Json.parse(decision.json());
                about.put(json.path("id").asText(), json.toString());
            } else if (decision.type().equals("notice")) {
                due.add(notice(decision, about));
            }
        }
        store.add(due, channels, page.get(page.size() - 1).number() + 1);
        return true;
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            int j = 0;
            while (j < part.length && text[i + j] == part[j]) {
                j++;
            }
            if (j == part.length) {
                return true;
            }
        }
        return false;
    }

    private NoticeStore.New notice(StoredDecision decision, Map<String, String> about) {
        JsonNode json = Json.parse(decision.json());
        String alarm = json.path("alarm").asText();
        String site = decision.site().orElse("");
        String channel = json.path("channel").asText();
        String receiver = json.path("receiver").asText();
        String transition = json.path("transition").asText();
        Optional<String> language = Optional.of(json.path("language").asText()).filter(l -> !l.isEmpty());
        String shown = withNext(about.computeIfAbsent(alarm, id -> stored(site, id, decision.number())), json);
        String id = CanonicalJson.sha256(alarm + "|" + transition + "|" + receiver + "|" + channel + "|" + decision.number())
                .substring(0, 16);
        Notice notice = new Notice(
                id, decision.offset(), decision.at(), site, alarm, transition, receiver, language, channel, shown);
        long now = setup.clock().millis();
        boolean old = now - decision.at() > HISTORY.toMillis()
                && (setup.historyPlays() || decision.number() < store.historyEnd());
        if (old && !channel.equals("log")) {
            return new NoticeStore.New(notice, Fate.FAILED,
                    "history: over an hour old when this ledger of notices saw it", decision.at(), "");
        }
        if (!setup.ways().containsKey(channel)) {
            return dispatcher.detours().unknown(notice, now);
        }
        long until = until(json.path("until").asText());
        return new NoticeStore.New(notice, until > now ? Fate.DEFERRED : Fate.PENDING, "", Math.max(decision.at(), until), "");
    }

    /** The alarm as it stood, with who hears of it next if nothing is done. */
    private static String withNext(String alarm, JsonNode notice) {
        if (!notice.has("next") && !notice.has("escalation")) {
            return alarm;
        }
        var json = Json.parseObject(alarm);
        for (String name : List.of("next", "escalation")) {
            if (notice.has(name)) {
                json.set(name, notice.get(name));
            }
        }
        return json.toString();
    }

    /** When a site that keeps quiet hours or digests wants it. */
    private static long until(String text) {
        try {
            return text.isEmpty() ? 0 : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private String stored(String site, String alarm, long before) {
        return log.ledger().newest(site, "alarm", before, ALARMS_LOOKED_AT).stream()
                .map(d -> Json.parse(d.json()))
                .filter(json -> json.path("id").asText().equals(alarm))
                .findFirst()
                .map(json -> AlarmJson.transition(json).toString())
                .orElseGet(() -> Json.object().put("id", alarm).put("site", site).toString());
    }

    /** Gives every idle channel its next message; answers whether there was one. */
    boolean dispatch() {
        store.ripen(setup.clock().millis());
        boolean any = false;
        for (Map.Entry<String, Way> each : setup.ways().entrySet()) {
            synchronized (busy) {
                if (busy.contains(each.getKey())) {
                    continue;
                }
            }
            Optional<Dispatcher.Job> job = dispatcher.next(each.getKey());
            if (job.isPresent()) {
                any = true;
                synchronized (busy) {
                    busy.add(each.getKey());
                }
                lanes.get(each.getKey()).execute(() -> send(each.getValue().channel(), job.get()));
            }
        }
        return any;
    }

    private void send(Channel channel, Dispatcher.Job job) {
        long began = setup.clock().millis();
        Channel.Reply reply;
        try {
            List<Notice> notices = job.rows().stream().map(NoticeStore.Row::notice).toList();
            reply = channel.send(new Parcel(job.parcel(), notices, setup.words().of(job.parcel(), notices), job.repeat()));
        } catch (RuntimeException | LinkageError e) {
            LOG.atError().addKeyValue("channel", job.channel()).setCause(e).log("a channel failed");
            reply = new Channel.Reply(new Channel.Answer.Never(e.getClass().getSimpleName()), "");
        }
        try {
            dispatcher.settle(job, reply, Math.max(0, setup.clock().millis() - began));
        } catch (RuntimeException e) {
            // Stays as under way; the next start sends it once more, marked as a repeat.
            LOG.atError().addKeyValue("channel", job.channel()).setCause(e).log("the fate of a notice could not be kept");
        } finally {
            synchronized (busy) {
                busy.remove(job.channel());
            }
            wake();
        }
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
            for (ExecutorService lane : threads.values()) {
                lane.shutdown();
            }
            for (ExecutorService lane : threads.values()) {
                if (!lane.awaitTermination(6, TimeUnit.SECONDS)) {
                    lane.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        setup.ways().values().forEach(way -> way.channel().close());
        store.close();
    }
}
