package dustwarden.notify;

import dustwarden.core.model.CanonicalJson;
import dustwarden.notify.NoticeStore.New;
import dustwarden.notify.NoticeStore.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a notice that its channel cannot bring: the next channel of its receiver brings it, else it has failed. */
final class Detours {
    private static final Logger LOG = LoggerFactory.getLogger(Detours.class);
    private static final Set<String> NOT_TOLD = Set.of(Fate.FAILED.wire(), Fate.FALLEN_BACK.wire());

    private final NoticeStore store;
    private final Map<String, Way> ways;
    private final Receivers receivers;

    Detours(NoticeStore store, Map<String, Way> ways, Receivers receivers) {
        this.store = store;
        this.ways = ways;
        this.receivers = receivers;
    }

    /** Another channel. @param told the receiver has a notice of the same there already */
    private record Other(String channel, boolean told) {}

    private Optional<Other> other(Notice notice) {
        Set<String> candidates = new LinkedHashSet<>();
        Optional.ofNullable(ways.get(notice.channel())).flatMap(Way::fallback).ifPresent(candidates::add);
        List<String> own = receivers.channels(notice);
        candidates.addAll(own.subList(own.indexOf(notice.channel()) + 1, own.size()));
        candidates.addAll(own);
        candidates.remove(notice.channel());
        TreeMap<String, String> told = store.told(notice);
        for (String candidate : candidates) {
            boolean there = told.containsKey(candidate);
            if (there ? !NOT_TOLD.contains(told.get(candidate)) : ways.containsKey(candidate) && !store.health(candidate).isDead()) {
                return Optional.of(new Other(candidate, there));
            }
        }
        return Optional.empty();
    }

    /** Lets the rows that have another channel fall back to it; answers the rest. */
    List<Row> fallBack(List<Row> rows, String why, long now) {
        List<Row> stuck = new ArrayList<>();
        for (Row row : rows) {
            Optional<Other> other = other(row.notice());
            if (other.isEmpty()) {
                stuck.add(row);
                continue;
            }
            String channel = other.get().channel();
            Optional<New> instead = other.get().told()
                    ? Optional.empty()
                    : Optional.of(new New(on(row.notice(), channel), Fate.PENDING, "", now, row.notice().id()));
            store.giveUp(row, Fate.FALLEN_BACK, why + "; told by " + channel, instead, now);
        }
        return stuck;
    }

    void fail(List<Row> rows, String why, long now) {
        if (rows.isEmpty()) {
            return;
        }
        rows.forEach(row -> store.giveUp(row, Fate.FAILED, why, Optional.empty(), now));
        Notice first = rows.get(0).notice();
        LOG.atError()
                .addKeyValue("channel", first.channel())
                .addKeyValue("notices", rows.size())
                .addKeyValue("alarm", first.alarm())
                .addKeyValue("answer", why)
                .log("notices could not be sent and nobody else could bring them");
    }

    /** A notice that cannot even be tried because the settings have no such channel. */
    New unknown(Notice notice, long now) {
        Optional<Other> other = other(notice).filter(o -> !o.told());
        String why = "no channel of the settings is called " + notice.channel();
        return other.map(o -> new New(on(notice, o.channel()), Fate.PENDING, "", now, why))
                .orElseGet(() -> new New(notice, Fate.FAILED, why, notice.at(), ""));
    }

    private static Notice on(Notice n, String channel) {
        String id = CanonicalJson.sha256(n.id() + "|" + channel).substring(0, 16);
        return new Notice(id, n.offset(), n.at(), n.site(), n.alarm(), n.transition(), n.receiver(), n.language(), channel,
                n.alarmJson());
    }
}
