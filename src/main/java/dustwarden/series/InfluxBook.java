package dustwarden.series;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code influx.db}: how far each bucket has come in the logs, the figures in hand there, and what it refused, the
 * newest only.
 *
 * <p>A bucket that was never written to starts with the first entry.
 */
final class InfluxBook implements FigureStore, AutoCloseable {
    static final String FILE = "influx.db";
    private static final int REFUSED_MAX = 10_000;
    private static final int TEXT_MAX = 2_000;
    /** Sorts behind every key that begins alike. */
    private static final String LAST = "\uffff";

    /** What was put aside and why. */
    record Refusal(String text, String reason) {}

    private final ViewDb db;
    private final String target;

    InfluxBook(Path directory, InfluxTarget target) {
        this.db = ViewDb.open(directory.resolve(FILE), ViewDb.Mode.WRITE);
        this.target = target.key();
        db.transaction(() -> {
            db.update("CREATE TABLE IF NOT EXISTS cursor(target TEXT PRIMARY KEY, entry INTEGER NOT NULL, "
                    + "decision INTEGER NOT NULL, content INTEGER) WITHOUT ROWID");
            db.update("CREATE TABLE IF NOT EXISTS quarantine(number INTEGER PRIMARY KEY, target TEXT NOT NULL, "
                    + "line TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE(target, line))");
            db.update("CREATE TABLE IF NOT EXISTS figure(target TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, "
                    + "PRIMARY KEY(target, key)) WITHOUT ROWID");
        });
    }

    Cursor cursor() {
        return db.transaction(() -> db.first(
                        "SELECT entry, decision, content FROM cursor WHERE target = ?",
                        r -> new Cursor(r.number(0), r.number(1), r.maybeNumber(2)),
                        target)
                .orElse(Cursor.START));
    }

    @Override
    public List<Row> under(String prefix) {
        return db.transaction(() -> db.query(
                "SELECT key, json FROM figure WHERE target = ? AND key >= ? AND key < ?",
                r -> new Row(r.text(0), r.text(1)), target, prefix, prefix + LAST));
    }

    @Override
    public Optional<String> get(String key) {
        return db.transaction(
                () -> db.first("SELECT json FROM figure WHERE target = ? AND key = ?", r -> r.text(0), target, key));
    }

    @Override
    public void save(Cursor to, Map<String, String> changed, Optional<String> forgetDaysBefore) {
        stored(() -> {
            changed.forEach((key, json) -> db.update("INSERT OR REPLACE INTO figure VALUES(?, ?, ?)", target, key, json));
            forgetDaysBefore.ifPresent(day ->
                    db.update("DELETE FROM figure WHERE target = ? AND key >= 'day/' AND key < ?", target, day));
            db.update("INSERT OR REPLACE INTO cursor VALUES(?, ?, ?, ?)", target, to.entry(), to.decision(), to.content());
        });
    }

    /** Forgets how far the bucket has come, so that it is filled from the first entry. */
    void forget() {
        stored(() -> {
            for (String table : List.of("cursor", "figure", "quarantine")) {
                db.update("DELETE FROM " + table + " WHERE target = ?", target);
            }
        });
    }

    /** Keeps what was refused, once; the oldest make room. */
    void refuse(String text, String reason) {
        stored(() -> {
            db.update("INSERT OR IGNORE INTO quarantine(target, line, reason) VALUES(?, ?, ?)", target, cut(text), cut(reason));
            db.update("DELETE FROM quarantine WHERE number <= (SELECT max(number) FROM quarantine) - ?", REFUSED_MAX);
        });
    }

    List<Refusal> refusals() {
        return db.transaction(() -> db.query(
                "SELECT line, reason FROM quarantine WHERE target = ? ORDER BY number",
                r -> new Refusal(r.text(0), r.text(1)), target));
    }

    private void stored(Runnable work) {
        try {
            db.transaction(work);
        } catch (ViewDb.Failed e) {
            throw new View.Unavailable(FILE + " 不能写入: cannot be written: " + e.getMessage(), e);
        }
    }

    private static String cut(String text) {
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    }

    @Override
    public void close() {
        db.close();
    }
}
