package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.series.Json;
import dustwarden.series.Listed;
import dustwarden.series.ViewDb;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tables of {@code notices.db} and how a page of them reads. Inside a transaction of its caller. */
final class NoticeTables {
    /** @param sites only of these; empty: of all. @param zones the zone that times of a site are written in */
    record Question(
            Optional<String> alarm, Optional<String> fate, Optional<Set<String>> sites, int limit, long below,
            Function<String, ZoneId> zones) {}

    private NoticeTables() {}

    static void make(ViewDb db, long end) {
        db.update("CREATE TABLE IF NOT EXISTS meta(one INTEGER PRIMARY KEY, cursor INTEGER NOT NULL, history INTEGER NOT NULL)");
        db.update("INSERT OR IGNORE INTO meta VALUES(1, 0, ?)", end);
        db.update("CREATE TABLE IF NOT EXISTS due(key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
                + "offset INTEGER NOT NULL, at INTEGER NOT NULL, site TEXT NOT NULL, alarm TEXT NOT NULL, "
                + "transition TEXT NOT NULL, receiver TEXT NOT NULL, channel TEXT NOT NULL, alarm_json TEXT NOT NULL, "
                + "urgent INTEGER NOT NULL, fate TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL, "
                + "due INTEGER NOT NULL, flying INTEGER NOT NULL DEFAULT 0, repeat INTEGER NOT NULL DEFAULT 0, "
                + "parcel TEXT NOT NULL DEFAULT '', request TEXT NOT NULL DEFAULT '', latency INTEGER, "
                + "first INTEGER NOT NULL DEFAULT 0, tried INTEGER, ended INTEGER, instead TEXT NOT NULL DEFAULT '', "
                + "language TEXT NOT NULL DEFAULT '')");
        if (db.first("SELECT 1 FROM pragma_table_info('due') WHERE name = 'language'", r -> true).isEmpty()) {
            db.update("ALTER TABLE due ADD COLUMN language TEXT NOT NULL DEFAULT ''");
        }
        boolean older = db.first("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'notice'", r -> true).isPresent();
        if (older) {
            fromFirstLayout(db);
        }
        db.update("CREATE INDEX IF NOT EXISTS due_open ON due(channel, due) WHERE fate IN ('pending', 'deferred')");
        db.update("CREATE INDEX IF NOT EXISTS due_by_alarm ON due(alarm)");
        db.update("CREATE INDEX IF NOT EXISTS due_by_time ON due(at)");
        db.update("CREATE INDEX IF NOT EXISTS due_by_parcel ON due(parcel) WHERE parcel <> ''");
        db.update("CREATE TABLE IF NOT EXISTS channel_alarm(name TEXT PRIMARY KEY, dead INTEGER NOT NULL)");
        db.update("CREATE TABLE IF NOT EXISTS used(channel TEXT NOT NULL, at INTEGER NOT NULL)");
        db.update("CREATE TABLE IF NOT EXISTS month(channel TEXT NOT NULL, month TEXT NOT NULL, count INTEGER NOT NULL, "
                + "PRIMARY KEY(channel, month))");
        db.update("CREATE TABLE IF NOT EXISTS channel(name TEXT PRIMARY KEY, paused_until INTEGER NOT NULL, "
                + "dead_since INTEGER NOT NULL, answer TEXT NOT NULL)");
        db.update("CREATE TABLE IF NOT EXISTS link(notice TEXT PRIMARY KEY, used INTEGER NOT NULL)");
    }

    private static void fromFirstLayout(ViewDb db) {
        db.update("INSERT OR IGNORE INTO due(id, offset, at, site, alarm, transition, receiver, channel, alarm_json, urgent, fate, "
                + "attempts, answer, due, flying, repeat, parcel, ended) SELECT id, -number, at, site, alarm, transition, receiver, "
                + "channel, alarm_json, 0, fate, attempts, answer, due, flying, repeat, "
                + "CASE WHEN flying + repeat > 0 THEN id ELSE '' END, ended FROM notice ORDER BY number");
        db.update("DROP TABLE notice");
    }

    static Listed list(ViewDb db, Question question) {
        List<Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder("key < ?");
        arguments.add(question.below());
        question.alarm().ifPresent(a -> {
            where.append(" AND alarm = ?");
            arguments.add(a);
        });
        question.fate().ifPresent(f -> {
            where.append(" AND fate = ?");
            arguments.add(f);
        });
        question.sites().ifPresent(only -> {
            where.append(" AND site IN (SELECT value FROM json_each(?))");
            arguments.add(Json.strings(only));
        });
        arguments.add(question.limit() + 1);
        record Row(long key, String json) {}
        List<Row> rows = db.query(
                "SELECT key, id, alarm, site, transition, receiver, channel, fate, attempts, answer, at, due, first, tried, ended, "
                        + "latency, request, parcel, repeat, instead, language FROM due WHERE " + where + " ORDER BY key DESC LIMIT ?",
                r -> new Row(r.number(0), json(r, question.zones().apply(r.text(3))).toString()),
                arguments.toArray());
        boolean more = rows.size() > question.limit();
        List<Row> page = more ? rows.subList(0, question.limit()) : rows;
        return new Listed(
                page.stream().map(Row::json).toList(),
                more ? Optional.of(String.valueOf(page.get(question.limit() - 1).key())) : Optional.empty());
    }

    private static ObjectNode json(ViewDb.Row r, ZoneId zone) {
        ObjectNode json = Json.object()
                .put("id", r.text(1))
                .put("alarm", r.text(2))
                .put("site", r.text(3))
                .put("transition", r.text(4))
                .put("receiver", r.text(5))
                .put("channel", r.text(6))
                .put("fate", r.text(7))
                .put("attempts", r.number(8))
                .put("answer", r.text(9))
                .put("at", DecisionJson.time(r.number(10), zone));
        if (r.number(11) > r.number(10)) {
            json.put("due", DecisionJson.time(r.number(11), zone));
        }
        if (r.number(12) > 0) {
            json.put("firstTriedAt", DecisionJson.time(r.number(12), zone));
        }
        r.maybeNumber(13).ifPresent(at -> json.put("triedAt", DecisionJson.time(at, zone)));
        r.maybeNumber(14).ifPresent(at -> json.put("endedAt", DecisionJson.time(at, zone)));
        r.maybeNumber(15).ifPresent(ms -> json.put("latencyMs", ms));
        String[] names = {"request", "message"};
        for (int i = 0; i < names.length; i++) {
            if (!r.text(16 + i).isEmpty()) {
                json.put(names[i], r.text(16 + i));
            }
        }
        if (r.number(18) == 1) {
            json.put("repeat", true);
        }
        if (!r.text(19).isEmpty()) {
            json.put("instead", r.text(19));
        }
        if (!r.text(20).isEmpty()) {
            json.put("language", r.text(20));
        }
        return json;
    }
}
