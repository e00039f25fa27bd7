package dustwarden.notify;

import dustwarden.core.DecisionJson;
import dustwarden.core.model.CanonicalJson;
import dustwarden.notify.NoticeStore.Health;
import dustwarden.notify.NoticeStore.New;
import dustwarden.series.Json;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel that does not work is itself something to be told of: by another one that the same people have, else in the log. */
final class ChannelWatch {
    static final String ITEM = "channels";
    static final String RULE = "channel-dead";
    private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);

    private final NoticeStore store;
    private final Map<String, Way> ways;
    private final Receivers receivers;
    private final ZoneId zone;

    ChannelWatch(NoticeStore store, Map<String, Way> ways, Receivers receivers, ZoneId zone) {
        this.store = store;
        this.ways = ways;
        this.receivers = receivers;
        this.zone = zone;
    }

    /** Nothing gets through. @param pausedUntil when it is tried again */
    void dead(String channel, String answer, long pausedUntil, long now) {
        Health before = store.health(channel);
        long since = before.isDead() ? before.deadSince() : now;
        store.health(channel, new Health(pausedUntil, since, answer));
        if (!before.isDead()) {
            LOG.atError().addKeyValue("channel", channel).addKeyValue("answer", answer)
                    .log("a channel does not work; others are told");
            tell(channel, "raised", since, answer, now);
        }
    }

    void works(String channel, long now) {
        Health before = store.health(channel);
        if (before.isDead()) {
            store.health(channel, Health.WELL);
            LOG.atInfo().addKeyValue("channel", channel).log("a channel works again");
            tell(channel, "returned", before.deadSince(), before.answer(), now);
        }
    }

    private void tell(String channel, String transition, long since, String answer, long now) {
        Set<String> audience = new LinkedHashSet<>();
        ways.get(channel).fallback().ifPresent(audience::add);
        audience.addAll(receivers.besides(channel));
        audience.removeIf(c -> !ways.containsKey(c) || store.health(c).isDead());
        store.addOwn((audience.isEmpty() ? List.of("log") : List.copyOf(audience)).stream()
                .map(c -> new New(notice(channel, transition, since, answer, now, c), Fate.PENDING, "", now, ""))
                .toList());
    }

    private Notice notice(String channel, String transition, long since, String answer, long now, String by) {
        String alarm = CanonicalJson.sha256(RULE + "|" + channel + "|" + since).substring(0, 16);
        var json = Json.object()
                .put("id", alarm)
                .put("item", ITEM)
                .put("rule", RULE)
                .put("subject", channel)
                .put("priority", "high")
                .put("state", transition)
                .put("raisedAt", DecisionJson.time(since, zone));
        if (transition.equals("returned")) {
            json.put("returnedAt", DecisionJson.time(now, zone));
        }
        json.put("occurrences", 1);
        json.putArray("reasons").addObject().put("code", RULE).putObject("params").put("channel", channel).put("answer", answer);
        json.put("transition", transition).put("at", DecisionJson.time(now, zone));
        String id = CanonicalJson.sha256(alarm + "|" + transition + "|" + by).substring(0, 16);
        return new Notice(id, -1, now, "", alarm, transition, "operator", by, json.toString());
    }
}
