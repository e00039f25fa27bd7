package dustwarden.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.core.DecisionJson;
import dustwarden.series.Cursor;
import dustwarden.series.Json;
import dustwarden.series.Listed;
import dustwarden.series.ViewDb;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** Commands that were given with what became of them, what is kept of each spray, and how far the view has come: {@code commands.db}. */
final class SprayStore implements AutoCloseable {
    static final String FILE = "commands.db";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ViewDb db;

    SprayStore(Path directory) {
        db = ViewDb.open(directory.resolve(FILE), ViewDb.Mode.SURE);
        db.transaction(() -> {
            db.update("CREATE TABLE IF NOT EXISTS meta(one INTEGER PRIMARY KEY, entry INTEGER NOT NULL, decision INTEGER NOT NULL, "
                    + "content INTEGER)");
            db.update("CREATE TABLE IF NOT EXISTS spray(name TEXT PRIMARY KEY, memory TEXT NOT NULL)");
            db.update("CREATE TABLE IF NOT EXISTS command(key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
                    + "at INTEGER NOT NULL, site TEXT NOT NULL, device TEXT NOT NULL, turn_on INTEGER NOT NULL, until INTEGER NOT NULL, "
                    + "reason TEXT NOT NULL, value REAL, dry INTEGER NOT NULL, outcome TEXT NOT NULL, effect TEXT NOT NULL DEFAULT '')");
        });
    }

    /** One command. @param dry only noted, never given */
    record Row(String id, long at, String site, String device, boolean on, long until, String reason, OptionalDouble value, boolean dry) {}

    synchronized Optional<Cursor> cursor() {
        return db.transaction(() -> db.first("SELECT entry, decision, content FROM meta",
                r -> new Cursor(r.number(0), r.number(1), r.maybeNumber(2))));
    }

    synchronized Map<String, SprayMemory> memories() {
        Map<String, SprayMemory> found = new TreeMap<>();
        db.transaction(() -> db.query("SELECT name, memory FROM spray", r -> found.put(r.text(0), read(r.text(1)))));
        return found;
    }

    private static SprayMemory read(String json) {
        try {
            return JSON.readValue(json, SprayMemory.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is kept of a spray is not readable", e);
        }
    }

    /** All that a batch changed; {@code outcomes} and {@code effects} by command id. */
    synchronized void keep(Cursor next, Map<String, SprayMemory> memories, List<Row> commands, Map<String, String> outcomes,
            Map<String, String> effects) {
        db.transaction(() -> {
            db.update("INSERT OR REPLACE INTO meta VALUES(1, ?, ?, ?)", next.entry(), next.decision(), next.content());
            memories.forEach((name, memory) -> db.update("INSERT OR REPLACE INTO spray VALUES(?, ?)", name, written(memory)));
            for (Row c : commands) {
                db.update("INSERT OR IGNORE INTO command(id, at, site, device, turn_on, until, reason, value, dry, outcome) "
                                + "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        c.id(), c.at(), c.site(), c.device(), c.on() ? 1 : 0, c.until(), c.reason(), c.value(), c.dry() ? 1 : 0,
                        c.dry() ? "dry-run" : "due");
            }
            outcomes.forEach((id, outcome) ->
                    db.update("UPDATE command SET outcome = ? WHERE id = ? AND outcome <> 'dry-run'", outcome, id));
            effects.forEach((id, effect) -> db.update("UPDATE command SET effect = ? WHERE id = ?", effect, id));
        });
    }

    private static String written(SprayMemory memory) {
        try {
            return JSON.writeValueAsString(memory);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain fields are written", e);
        }
    }

    synchronized void end(String id, String outcome) {
        db.transaction(() -> db.update("UPDATE command SET outcome = ? WHERE id = ? AND outcome = 'due'", outcome, id));
    }

    /** Commands that were about to be given when the process ended. */
    synchronized List<Row> open() {
        return db.transaction(() -> db.query(
                "SELECT id, at, site, device, turn_on, until, reason, value, dry FROM command WHERE outcome = 'due' ORDER BY key",
                r -> new Row(r.text(0), r.number(1), r.text(2), r.text(3), r.number(4) == 1, r.number(5), r.text(6), r.maybeReal(7),
                        r.number(8) == 1)));
    }

    synchronized Listed list(Optional<String> site, Optional<Set<String>> sight, int limit, Optional<String> cursor,
            Function<String, ZoneId> zones) {
        List<Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder("key < ?");
        arguments.add(Listed.place(cursor, Long.MAX_VALUE));
        site.ifPresent(s -> {
            where.append(" AND site = ?");
            arguments.add(s);
        });
        sight.ifPresent(only -> {
            where.append(" AND site IN (SELECT value FROM json_each(?))");
            arguments.add(Json.strings(only));
        });
        arguments.add(limit + 1);
        record Found(long key, String json) {}
        List<Found> rows = db.transaction(() -> db.query(
                "SELECT key, id, at, site, device, turn_on, until, reason, value, dry, outcome, effect FROM command WHERE " + where
                        + " ORDER BY key DESC LIMIT ?",
                r -> {
                    ZoneId zone = zones.apply(r.text(3));
                    var json = Json.object().put("id", r.text(1)).put("at", DecisionJson.time(r.number(2), zone))
                            .put("site", r.text(3)).put("device", r.text(4)).put("spray", r.number(5) == 1);
                    if (r.number(6) > 0) {
                        json.put("until", DecisionJson.time(r.number(6), zone));
                    }
                    json.put("reason", r.text(7));
                    r.maybeReal(8).ifPresent(v -> json.put("value", v));
                    json.put("outcome", r.text(10));
                    if (!r.text(11).isEmpty()) {
                        json.put("effect", r.text(11));
                    }
                    return new Found(r.number(0), json.toString());
                },
                arguments.toArray()));
        boolean more = rows.size() > limit;
        List<Found> page = more ? rows.subList(0, limit) : rows;
        return new Listed(page.stream().map(Found::json).toList(),
                more ? Optional.of(String.valueOf(page.get(limit - 1).key())) : Optional.empty());
    }

    @Override
    public synchronized void close() {
        db.close();
    }
}
