package dustwarden.notify;

import dustwarden.notify.NoticeStore.Health;
import dustwarden.series.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that does not work is itself an alarm: the journal is told, and told again until what it decided shows that it
 * knows. So neither a crash nor a full inbox loses it, and the core, which takes the same word twice as once, decides who hears.
 */
final class ChannelWatch {
    static final String RULE = "channel-dead";
    private static final String PERSON = "dustwarden";
    private static final long LOOK_MS = 1_000;
    private static final long PATIENCE_MS = 30_000;
    private static final int ANSWER_CHARS_MAX = 300;
    /** States in which an alarm of a channel no longer says that it is dead. */
    private static final Set<String> OVER = Set.of("returned", "verified", "closed");
    private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);

    private final NoticeStore store;
    private final Map<String, Way> ways;
    private final Predicate<String> journal;
    private final Map<String, Long> offered = new HashMap<>();
    private long lookedAt;

    /** @param journal takes an act as JSON, or says no */
    ChannelWatch(NoticeStore store, Map<String, Way> ways, Predicate<String> journal) {
        this.store = store;
        this.ways = ways;
        this.journal = journal;
    }

    /** Nothing gets through. @param pausedUntil when it is tried again */
    void dead(String channel, String answer, long pausedUntil, long now) {
        Health before = store.health(channel);
        store.health(channel, new Health(pausedUntil, before.isDead() ? before.deadSince() : now, answer));
        if (!before.isDead()) {
            LOG.atError().addKeyValue("channel", channel).addKeyValue("answer", answer)
                    .log("a channel does not work; others are told");
        }
    }

    void works(String channel) {
        if (store.health(channel).isDead()) {
            store.health(channel, Health.WELL);
            LOG.atInfo().addKeyValue("channel", channel).log("a channel works again");
        }
    }

    /** Whether an alarm of a channel says that it is dead. */
    static boolean saysDead(String state) {
        return !OVER.contains(state);
    }

    /** Tells the journal of each channel that stands otherwise than it knows; one that the settings have no more stands well. */
    void report(long now) {
        if (now - lookedAt < LOOK_MS && now >= lookedAt) {
            return;
        }
        lookedAt = now;
        Set<String> known = store.deadByJournal();
        Set<String> names = new TreeSet<>(ways.keySet());
        names.addAll(known);
        for (String name : names) {
            Health health = store.health(name);
            boolean dead = ways.containsKey(name) && health.isDead();
            if (dead == known.contains(name)) {
                offered.remove(name);
            } else if (now - offered.getOrDefault(name, -PATIENCE_MS) >= PATIENCE_MS && journal.test(act(name, dead, health.answer()))) {
                offered.put(name, now);
            }
        }
    }

    private String act(String channel, boolean dead, String answer) {
        String why = dead ? answer : ways.containsKey(channel) ? "" : "the settings have it no more";
        return Json.object()
                .put("act", "channel")
                .put("channel", channel)
                .put("works", !dead)
                .put("person", PERSON)
                .put("text", why.length() > ANSWER_CHARS_MAX ? why.substring(0, ANSWER_CHARS_MAX) : why)
                .toString();
    }
}
