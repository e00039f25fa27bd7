package dustwarden.notify;

import dustwarden.series.Listed;
import dustwarden.series.ViewDb;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every notice that was due and its fate, what robots' quotas were used for, and which links were used: {@code notices.db} of a
 * data directory.
 *
 * <p>Not to be made again from the logs: it alone knows what was sent. Guarded by itself, so that any thread may use it; what a
 * write returned from is synced to disk.
 */
final class NoticeStore implements AutoCloseable {
    static final String FILE = "notices.db";
    private static final String COLUMNS =
            "key, id, offset, at, site, alarm, transition, receiver, channel, alarm_json, parcel, repeat, attempts, first, language";

    private final ViewDb db;
    private final long historyEnd;
    private long cursor;

    /** @param end number of the next decision: in a new file, what is before it is history */
    NoticeStore(Path directory, long end) {
        db = ViewDb.open(directory.resolve(FILE), ViewDb.Mode.SURE);
        long[] meta = db.transaction(() -> {
            NoticeTables.make(db, end);
            // What was under way at a crash goes out once more as the same message.
            db.update("UPDATE due SET flying = 0, repeat = 1 WHERE flying = 1");
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

    /**
     * A notice with its first fate.
     *
     * @param due when it may go out, epoch ms
     * @param instead id of the notice that it takes the place of; empty text where none
     */
    record New(Notice notice, Fate fate, String answer, long due, String instead) {}

    /** A notice with how it stands. @param first when it was first tried, 0 where never */
    record Row(long key, Notice notice, String parcel, boolean repeat, int attempts, long first) {}

    /**
     * Takes notices in and moves the cursor, both or neither.
     *
     * @param channels that the journal says to be dead now, or not to be
     */
    synchronized void add(List<New> notices, Map<String, Boolean> channels, long next) {
        db.transaction(() -> {
            notices.forEach(this::insert);
            channels.forEach((name, dead) -> db.update("INSERT OR REPLACE INTO channel_alarm VALUES(?, ?)", name, dead ? 1 : 0));
            db.update("UPDATE meta SET cursor = ?", next);
        });
        cursor = next;
    }

    private void insert(New each) {
        Notice n = each.notice();
        boolean ended = each.fate() != Fate.PENDING && each.fate() != Fate.DEFERRED;
        db.update("INSERT OR IGNORE INTO due(id, offset, at, site, alarm, transition, receiver, channel, alarm_json, urgent, fate, "
                        + "answer, due, instead, ended, language) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                n.id(), n.offset(), n.at(), n.site(), n.alarm(), n.transition(), n.receiver(), n.channel(), n.alarmJson(),
                n.urgent() ? 1 : 0, each.fate().wire(), each.answer(), each.due(), each.instead(),
                ended ? Optional.of(n.at()) : Optional.empty(), n.language().orElse(""));
    }

    /** What was put off and is due now waits like all else. */
    synchronized void ripen(long now) {
        db.transaction(() -> db.update("UPDATE due SET fate = 'pending' WHERE fate = 'deferred' AND due <= ?", now));
    }

    /** What waits for a channel, newer than a key, in its order. */
    synchronized List<Row> after(String channel, long key, int atMost) {
        return db.transaction(() -> db.query("SELECT " + COLUMNS
                        + " FROM due WHERE fate = 'pending' AND channel = ? AND flying = 0 AND key > ? ORDER BY key LIMIT ?",
                NoticeStore::row, channel, key, atMost));
    }

    /** What waits for a channel and was in no message yet, in the order in which it fell due. */
    synchronized List<Merging.Waiting> waiting(String channel, long now, int atMost) {
        return db.transaction(() -> db.query(
                "SELECT key, alarm, transition, offset, site, urgent FROM due WHERE fate = 'pending' AND channel = ? "
                        + "AND due <= ? AND flying = 0 AND parcel = '' ORDER BY urgent DESC, due, key LIMIT ?",
                r -> new Merging.Waiting(r.number(0), r.text(1), r.text(2), r.number(3), r.text(4), "", r.number(5) == 1),
                channel, now, atMost));
    }

    /** A message that has to be tried again as it was. */
    synchronized Optional<String> unfinished(String channel, long now) {
        return db.transaction(() -> db.first(
                "SELECT parcel FROM due WHERE fate = 'pending' AND channel = ? AND due <= ? AND flying = 0 AND parcel <> '' "
                        + "ORDER BY due, key LIMIT 1",
                r -> r.text(0), channel, now));
    }

    synchronized List<Row> rows(List<Long> keys) {
        return db.transaction(() -> keys.stream()
                .flatMap(key -> db.query("SELECT " + COLUMNS + " FROM due WHERE key = ?", NoticeStore::row, key).stream())
                .toList());
    }

    synchronized List<Row> rowsOf(String channel, String parcel) {
        return db.transaction(() -> db.query("SELECT " + COLUMNS
                        + " FROM due WHERE fate = 'pending' AND channel = ? AND parcel = ? ORDER BY urgent DESC, due, key",
                NoticeStore::row, channel, parcel));
    }

    private static Row row(ViewDb.Row r) {
        Notice notice = new Notice(r.text(1), r.number(2), r.number(3), r.text(4), r.text(5), r.text(6), r.text(7),
                Optional.of(r.text(14)).filter(l -> !l.isEmpty()), r.text(8), r.text(9));
        return new Row(r.number(0), notice, r.text(10), r.number(11) == 1, (int) r.number(12), r.number(13));
    }

    /** Notes that a message is about to go out: from here on it counts as perhaps sent, and against the quota. */
    synchronized void begin(String channel, String parcel, List<Row> rows, boolean counted, String month, long now) {
        db.transaction(() -> {
            for (Row row : rows) {
                db.update("UPDATE due SET flying = 1, parcel = ?, attempts = attempts + 1, tried = ?, "
                        + "first = CASE first WHEN 0 THEN ? ELSE first END WHERE key = ?", parcel, now, now, row.key());
            }
            if (counted) {
                db.update("DELETE FROM used WHERE channel = ? AND at < ?", channel, now - 2 * QuotaBook.MINUTE_MS);
                db.update("INSERT INTO used(channel, at) VALUES(?, ?)", channel, now);
                db.update("INSERT INTO month(channel, month, count) VALUES(?, ?, 1) "
                        + "ON CONFLICT(channel, month) DO UPDATE SET count = count + 1", channel, month);
            }
        });
    }

    /** The newest attempt of a channel has ended, which is when it counts from. */
    private void ended(String channel, long now) {
        db.update("UPDATE used SET at = max(at, ?) WHERE rowid = (SELECT max(rowid) FROM used WHERE channel = ?)", now, channel);
    }

    /**
     * What became of an attempt.
     *
     * @param again when there is another one, where the fate is still open
     * @param same whether that is the same message, so that a receiver knows it again
     * @param repeat whether it may have arrived
     */
    record End(Fate fate, String answer, Attempt attempt, long again, boolean same, boolean repeat) {
        static End of(Fate fate, String answer, Attempt attempt) {
            return new End(fate, answer, attempt, 0, false, false);
        }
    }

    /** @param request SHA-256 (hex) of what was sent */
    record Attempt(String request, long latencyMs) {}

    /** Settles a message; empty {@code rows} only notes that the attempt has ended. */
    synchronized void end(String channel, List<Row> rows, End end, long now) {
        db.transaction(() -> {
            for (Row row : rows) {
                settle(row, end, now);
            }
            ended(channel, now);
        });
    }

    /** Notes what was sent and how long it took, before it is decided what follows. */
    synchronized void note(List<Row> rows, Attempt attempt) {
        db.transaction(() -> rows.forEach(row -> db.update(
                "UPDATE due SET request = ?, latency = ? WHERE key = ?", attempt.request(), attempt.latencyMs(), row.key())));
    }

    private void settle(Row row, End end, long now) {
        boolean open = end.fate() == Fate.PENDING;
        db.update("UPDATE due SET flying = 0, fate = ?, answer = ?, request = ?, latency = ?, due = CASE ? WHEN 1 THEN ? ELSE due END, "
                        + "repeat = max(repeat, ?), parcel = CASE ? WHEN 1 THEN '' ELSE parcel END, ended = ? WHERE key = ?",
                end.fate().wire(), end.answer(), end.attempt().request(), end.attempt().latencyMs(), open ? 1 : 0, end.again(),
                end.repeat() ? 1 : 0, open && !end.same() && !row.repeat() ? 1 : 0,
                open ? Optional.empty() : Optional.of(now), row.key());
    }

    /** Gives one notice up for others on another channel; both or neither. */
    synchronized void giveUp(Row row, Fate fate, String answer, Optional<New> other, long now) {
        db.transaction(() -> {
            db.update("UPDATE due SET flying = 0, fate = ?, answer = ?, ended = ? WHERE key = ?", fate.wire(), answer, now, row.key());
            other.ifPresent(this::insert);
        });
    }

    /** Channels that stand dead by the journal. */
    synchronized TreeSet<String> deadByJournal() {
        TreeSet<String> found = new TreeSet<>();
        db.transaction(() -> db.query("SELECT name FROM channel_alarm WHERE dead = 1", r -> found.add(r.text(0))));
        return found;
    }

    /** The notices of one message, whatever their fate. */
    synchronized List<Notice> inMessage(String parcel, int atMost) {
        return db.transaction(() -> db.query("SELECT " + COLUMNS + " FROM due WHERE parcel = ? AND parcel <> '' ORDER BY key LIMIT ?",
                NoticeStore::row, parcel, atMost)).stream().map(Row::notice).toList();
    }

    /** Channels on which the same receiver is or was told of the same, with the fate there. */
    synchronized TreeMap<String, String> told(Notice n) {
        TreeMap<String, String> found = new TreeMap<>();
        db.transaction(() -> db.query(
                "SELECT channel, fate FROM due WHERE alarm = ? AND transition = ? AND receiver = ? AND offset = ?",
                r -> found.put(r.text(0), r.text(1)), n.alarm(), n.transition(), n.receiver(), n.offset()));
        return found;
    }

    synchronized List<Long> used(String channel, long since) {
        return db.transaction(() -> db.query(
                "SELECT at FROM used WHERE channel = ? AND at > ? ORDER BY at", r -> r.number(0), channel, since));
    }

    synchronized long usedIn(String channel, String month) {
        return db.transaction(() -> db.first(
                "SELECT count FROM month WHERE channel = ? AND month = ?", r -> r.number(0), channel, month).orElse(0L));
    }

    /** How a channel stands. @param deadSince 0 where it is well */
    record Health(long pausedUntil, long deadSince, String answer) {
        static final Health WELL = new Health(0, 0, "");

        boolean isDead() {
            return deadSince > 0;
        }
    }

    synchronized Health health(String channel) {
        return db.transaction(() -> db.first("SELECT paused_until, dead_since, answer FROM channel WHERE name = ?",
                r -> new Health(r.number(0), r.number(1), r.text(2)), channel)).orElse(Health.WELL);
    }

    synchronized void health(String channel, Health health) {
        db.transaction(() -> db.update("INSERT OR REPLACE INTO channel VALUES(?, ?, ?, ?)",
                channel, health.pausedUntil(), health.deadSince(), health.answer()));
    }

    /** When the next notice that waits is due, epoch ms; empty where none waits. */
    synchronized Optional<Long> nextDue() {
        return db.transaction(() -> db.first(
                        "SELECT min(due), count(*) FROM due WHERE fate IN ('pending', 'deferred') AND flying = 0",
                        r -> r.number(1) == 0 ? Optional.<Long>empty() : Optional.of(r.number(0)))
                .flatMap(d -> d));
    }

    /** The alarm, receiver and site of a notice, whatever its fate. */
    synchronized Optional<Notice> find(String id) {
        return db.transaction(() -> db.first("SELECT " + COLUMNS + " FROM due WHERE id = ?", NoticeStore::row, id))
                .map(Row::notice);
    }

    synchronized boolean linkUsed(String notice) {
        return db.transaction(() -> db.first("SELECT 1 FROM link WHERE notice = ?", r -> true, notice)).isPresent();
    }

    /** Whether a link was not used before; from here on it was. */
    synchronized boolean useLink(String notice, long now) {
        return db.transaction(() -> db.update("INSERT OR IGNORE INTO link VALUES(?, ?)", notice, now)) == 1;
    }

    /** What was tried with the link came to nothing. */
    synchronized void freeLink(String notice) {
        db.transaction(() -> db.update("DELETE FROM link WHERE notice = ?", notice));
    }

    synchronized Listed list(NoticeTables.Question question) {
        return db.transaction(() -> NoticeTables.list(db, question));
    }

    /** How much each receiver was told in {@code [from, to)}, epoch ms. @param sites of these only; empty: of all */
    synchronized ReceiverLoad load(Optional<Set<String>> sites, long from, long to, ZoneId zone) {
        ReceiverLoad load = new ReceiverLoad(from, to, zone);
        db.transaction(() -> db.query(
                "SELECT receiver, channel, at, instead, CASE WHEN fate IN ('sent', 'merged') THEN parcel ELSE '' END, site FROM due "
                        + "WHERE at >= ? AND at < ?",
                r -> sites.map(only -> only.contains(r.text(5))).orElse(true)
                        && load.add(r.text(0), r.text(1), r.number(2), !r.text(3).isEmpty(), r.text(4)),
                from, to));
        return load;
    }

    /** How many notices, by {@code channel/fate}. */
    synchronized TreeMap<String, Long> counts() {
        TreeMap<String, Long> found = new TreeMap<>();
        db.transaction(() -> db.query("SELECT channel, fate, count(*) FROM due GROUP BY channel, fate",
                r -> found.put(r.text(0) + "/" + r.text(1), r.number(2))));
        return found;
    }

    @Override
    public synchronized void close() {
        db.close();
    }
}
