package dustwarden.notify;

import dustwarden.series.Json;
import dustwarden.series.Listed;
import dustwarden.series.ViewDb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every notice that was due and its fate, {@code notices.db} of a data directory.
 *
 * <p>Not to be made again from the logs: it alone knows what was sent. Guarded by itself, so that any thread may use it.
 */
final class NoticeStore implements AutoCloseable {
    static final String FILE = "notices.db";

    private final ViewDb db;
    private final long historyEnd;
    private long cursor;

    /** @param end number of the next decision: in a new file, what is before it is history */
    NoticeStore(Path directory, long end) {
        db = ViewDb.open(directory.resolve(FILE), ViewDb.Mode.WRITE);
        long[] meta = db.transaction(() -> {
            db.update("CREATE TABLE IF NOT EXISTS meta(one INTEGER PRIMARY KEY, cursor INTEGER NOT NULL, history INTEGER NOT NULL)");
            db.update("INSERT OR IGNORE INTO meta VALUES(1, 0, ?)", end);
            db.update("CREATE TABLE IF NOT EXISTS notice(number INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, "
                    + "site TEXT NOT NULL, alarm TEXT NOT NULL, transition TEXT NOT NULL, receiver TEXT NOT NULL, "
                    + "channel TEXT NOT NULL, alarm_json TEXT NOT NULL, fate TEXT NOT NULL, attempts INTEGER NOT NULL, "
                    + "answer TEXT NOT NULL, due INTEGER NOT NULL, flying INTEGER NOT NULL, repeat INTEGER NOT NULL, "
                    + "ended INTEGER)");
            db.update("CREATE INDEX IF NOT EXISTS notice_due ON notice(channel, due) WHERE fate = 'pending'");
            db.update("CREATE INDEX IF NOT EXISTS notice_by_alarm ON notice(alarm)");
            db.update("UPDATE notice SET flying = 0, repeat = 1 WHERE flying = 1");
            return db.first("SELECT cursor, history FROM meta", r -> new long[] {r.number(0), r.number(1)}).orElseThrow();
        });
        cursor = meta[0];
        historyEnd = meta[1];
    }

    synchronized long cursor() {
        return cursor;
    }

    /** Decisions below it were there before this file was. */
    long historyEnd() {
        return historyEnd;
    }

    /** A notice with its first fate. */
    record New(Notice notice, Fate fate, String answer) {}

    /** Takes notices in and moves the cursor, both or neither. */
    synchronized void add(List<New> notices, long next) {
        db.transaction(() -> {
            for (New each : notices) {
                Notice n = each.notice();
                db.update("INSERT OR IGNORE INTO notice VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, 0, NULL)",
                        n.number(), n.id(), n.at(), n.site(), n.alarm(), n.transition(), n.receiver(), n.channel(),
                        n.alarmJson(), each.fate().wire(), each.answer());
            }
            db.update("UPDATE meta SET cursor = ?", next);
        });
        cursor = next;
    }

    /** The next notice of a channel that is to be sent now; from here on it counts as perhaps sent. */
    synchronized Optional<Notice> begin(String channel, long now) {
        return db.transaction(() -> {
            Optional<Notice> next = db.first(
                    "SELECT id, number, at, site, alarm, transition, receiver, channel, alarm_json, repeat FROM notice "
                            + "WHERE fate = 'pending' AND channel = ? AND due <= ? AND flying = 0 ORDER BY due, number LIMIT 1",
                    NoticeStore::notice,
                    channel, now);
            next.ifPresent(n -> db.update(
                    "UPDATE notice SET flying = 1, attempts = attempts + 1 WHERE number = ?", n.number()));
            return next;
        });
    }

    private static Notice notice(ViewDb.Row r) {
        return new Notice(r.text(0), r.number(1), r.number(2), r.text(3), r.text(4), r.text(5), r.text(6), r.text(7),
                r.text(8), r.number(9) == 1);
    }

    synchronized int attempts(long number) {
        return db.transaction(() -> db.first("SELECT attempts FROM notice WHERE number = ?", r -> (int) r.number(0), number)
                .orElse(0));
    }

    synchronized void end(long number, Fate fate, String answer, long now) {
        db.transaction(() -> db.update(
                "UPDATE notice SET flying = 0, fate = ?, answer = ?, ended = ? WHERE number = ?",
                fate.wire(), answer, now, number));
    }

    synchronized void again(long number, String answer, long due) {
        db.transaction(() -> db.update(
                "UPDATE notice SET flying = 0, answer = ?, due = ? WHERE number = ?", answer, due, number));
    }

    /** When the next notice that waits is due, epoch ms; empty where none waits. */
    synchronized Optional<Long> nextDue() {
        return db.transaction(() -> db.first(
                        "SELECT min(due), count(*) FROM notice WHERE fate = 'pending' AND flying = 0",
                        r -> r.number(1) == 0 ? Optional.<Long>empty() : Optional.of(r.number(0)))
                .flatMap(d -> d));
    }

    /** Channels that pending notices name. */
    synchronized List<String> channelsWaiting() {
        return db.transaction(() -> db.query("SELECT DISTINCT channel FROM notice WHERE fate = 'pending'", r -> r.text(0)));
    }

    synchronized Listed list(
            Optional<String> alarm, Optional<String> fate, Optional<Set<String>> sites, int limit, long below) {
        List<Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder("number < ?");
        arguments.add(below);
        alarm.ifPresent(a -> {
            where.append(" AND alarm = ?");
            arguments.add(a);
        });
        fate.ifPresent(f -> {
            where.append(" AND fate = ?");
            arguments.add(f);
        });
        sites.ifPresent(only -> {
            where.append(" AND site IN (SELECT value FROM json_each(?))");
            arguments.add(Json.strings(only));
        });
        arguments.add(limit + 1);
        record Row(long number, String json) {}
        List<Row> rows = db.transaction(() -> db.query(
                "SELECT number, id, alarm, site, transition, receiver, channel, fate, attempts, answer FROM notice WHERE "
                        + where + " ORDER BY number DESC LIMIT ?",
                r -> new Row(r.number(0), Json.object()
                        .put("id", r.text(1))
                        .put("alarm", r.text(2))
                        .put("site", r.text(3))
                        .put("transition", r.text(4))
                        .put("receiver", r.text(5))
                        .put("channel", r.text(6))
                        .put("fate", r.text(7))
                        .put("attempts", r.number(8))
                        .put("answer", r.text(9))
                        .toString()),
                arguments.toArray()));
        boolean more = rows.size() > limit;
        List<Row> page = more ? rows.subList(0, limit) : rows;
        return new Listed(
                page.stream().map(Row::json).toList(),
                more ? Optional.of(String.valueOf(page.get(limit - 1).number())) : Optional.empty());
    }

    /** How many notices, by {@code channel/fate}. */
    synchronized TreeMap<String, Long> counts() {
        TreeMap<String, Long> found = new TreeMap<>();
        db.transaction(() -> db.query("SELECT channel, fate, count(*) FROM notice GROUP BY channel, fate",
                r -> found.put(r.text(0) + "/" + r.text(1), r.number(2))));
        return found;
    }

    @Override
    public synchronized void close() {
        db.close();
    }
}
