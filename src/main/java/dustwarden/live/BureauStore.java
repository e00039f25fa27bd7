package dustwarden.live;

import dustwarden.series.Cursor;
import dustwarden.series.ViewDb;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What is to go to one bureau and how far the logs were read for it, {@code forward-….db} of a data directory.
 *
 * <p>A frame is in it, with its QN, from the transaction that moved the cursor past its reading until the bureau has
 * acknowledged it. Not to be made again from the logs. For any thread.
 */
final class BureauStore implements AutoCloseable {
    /** Two and a half months of a report a minute with its minute and hour data. */
    static final int DUE_MAX = 120_000;

    /** Minute data is kept for a bureau that asks for it again for a month, hour data for a year and a month. */
    private static final long DAY_MS = 86_400_000;
    private static final long MINUTES_KEPT_MS = 31 * DAY_MS;
    private static final long HOURS_KEPT_MS = 400 * DAY_MS;
    /** A day of minutes; whoever wants more asks again. */
    static final int HISTORY_MAX = 1_440;

    /** A frame that has not been acknowledged. */
    record Due(long id, String qn, String cn, String day, String cp) {}

    private final ViewDb db;

    BureauStore(Path file) {
        db = ViewDb.open(file, ViewDb.Mode.WRITE);
        db.transaction(() -> {
            db.update("CREATE TABLE IF NOT EXISTS cursor(one INTEGER PRIMARY KEY, entry INTEGER NOT NULL, "
                    + "decision INTEGER NOT NULL, content INTEGER, qn INTEGER NOT NULL)");
            db.update("CREATE TABLE IF NOT EXISTS due(id INTEGER PRIMARY KEY AUTOINCREMENT, qn TEXT NOT NULL, cn TEXT NOT NULL, "
                    + "day TEXT NOT NULL, cp TEXT NOT NULL, attempts INTEGER NOT NULL)");
            db.update("CREATE TABLE IF NOT EXISTS span(period INTEGER NOT NULL, start INTEGER NOT NULL, quantity TEXT NOT NULL, "
                    + "n INTEGER NOT NULL, sum REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL, east REAL NOT NULL, "
                    + "north REAL NOT NULL, PRIMARY KEY(period, start, quantity)) WITHOUT ROWID");
            db.update("CREATE TABLE IF NOT EXISTS kept(cn TEXT NOT NULL, start INTEGER NOT NULL, day TEXT NOT NULL, cp TEXT NOT NULL, "
                    + "PRIMARY KEY(cn, start)) WITHOUT ROWID");
            db.update("CREATE TABLE IF NOT EXISTS day(day TEXT PRIMARY KEY, judged INTEGER NOT NULL, "
                    + "acknowledged INTEGER NOT NULL, dropped INTEGER NOT NULL, told INTEGER NOT NULL) WITHOUT ROWID");
        });
    }

    /** Where to go on; {@code end} for a bureau that nothing was read for yet. */
    synchronized Cursor cursor(Cursor end) {
        return db.transaction(() -> {
            db.update("INSERT OR IGNORE INTO cursor VALUES(1, ?, ?, ?, 0)", end.entry(), end.decision(), end.content());
            return db.first("SELECT entry, decision, content FROM cursor",
                            r -> new Cursor(r.number(0), r.number(1), r.maybeNumber(2)))
                    .orElseThrow();
        });
    }

    /** Does work and moves the cursor, both or neither. */
    synchronized void apply(Runnable work, Cursor next) {
        db.transaction(() -> {
            work.run();
            db.update("UPDATE cursor SET entry = ?, decision = ?, content = ?", next.entry(), next.decision(), next.content());
            long over = count() - DUE_MAX;
            if (over > 0) {
                db.update("UPDATE day SET dropped = dropped + (SELECT count(*) FROM (SELECT day AS d FROM due ORDER BY id LIMIT ?) "
                        + "WHERE d = day.day)", over);
                db.update("DELETE FROM due WHERE id IN (SELECT id FROM due ORDER BY id LIMIT ?)", over);
            }
        });
    }

    /** The database, for work within {@link #apply}. */
    ViewDb db() {
        return db;
    }

    /** A QN that was not given before: epoch ms, moved on where two fall into one. Within {@link #apply}. */
    long nextQn(long now) {
        long next = Math.max(now, db.first("SELECT qn FROM cursor", r -> r.number(0)).orElseThrow() + 1);
        db.update("UPDATE cursor SET qn = ?", next);
        return next;
    }

    void judged(String day) {
        db.update("INSERT INTO day VALUES(?, 1, 0, 0, 0) ON CONFLICT(day) DO UPDATE SET judged = judged + 1", day);
    }

    void due(String qn, String cn, String day, String cp) {
        db.update("INSERT INTO due(qn, cn, day, cp, attempts) VALUES(?, ?, ?, ?, 0)", qn, cn, day, cp);
    }

    /** Keeps what goes out for a time that is over, in case the bureau asks for it again. Within {@link #apply}. */
    void keep(String cn, long start, String day, String cp) {
        db.update("INSERT OR REPLACE INTO kept VALUES(?, ?, ?, ?)", cn, start, day, cp);
        db.update("DELETE FROM kept WHERE cn = ? AND start < ?", cn,
                start - (cn.equals(BureauFrames.HOUR) ? HOURS_KEPT_MS : MINUTES_KEPT_MS));
    }

    /**
     * What is kept of a time becomes due, and then the word that the request was carried out, under its QN. A request that
     * came again while that is due adds nothing.
     *
     * @param numbered gives a QN for epoch ms
     */
    synchronized void history(String request, String cn, long from, long to, long now, LongFunction<String> numbered) {
        db.transaction(() -> {
            if (db.first("SELECT id FROM due WHERE qn = ? AND cn = ?", r -> r.number(0), request, BureauFrames.CARRIED_OUT).isPresent()) {
                return;
            }
            record Row(String day, String cp) {}
            List<Row> rows = db.query("SELECT day, cp FROM kept WHERE cn = ? AND start BETWEEN ? AND ? ORDER BY start LIMIT ?",
                    r -> new Row(r.text(0), r.text(1)), cn, from, to, HISTORY_MAX);
            rows.forEach(row -> due(numbered.apply(nextQn(now)), cn, row.day(), row.cp()));
            due(request, BureauFrames.CARRIED_OUT, "", rows.isEmpty() ? "ExeRtn=100" : "ExeRtn=1");
        });
    }

    synchronized Optional<Due> next() {
        return db.transaction(() -> db.first("SELECT id, qn, cn, day, cp FROM due ORDER BY id LIMIT 1",
                r -> new Due(r.number(0), r.text(1), r.text(2), r.text(3), r.text(4))));
    }

    /** Notes that a frame is about to go out, before it does; how often it has now. */
    synchronized long sending(Due due) {
        return db.transaction(() -> {
            db.update("UPDATE due SET attempts = attempts + 1 WHERE id = ?", due.id());
            return db.first("SELECT attempts FROM due WHERE id = ?", r -> r.number(0), due.id()).orElse(1L);
        });
    }

    /** Notes that the bureau has a frame. */
    synchronized void acknowledged(Due due) {
        db.transaction(() -> {
            int gone = db.update("DELETE FROM due WHERE id = ?", due.id());
            if (gone == 1 && due.cn().equals(BureauFrames.REALTIME)) {
                db.update("UPDATE day SET acknowledged = acknowledged + 1 WHERE day = ?", due.day());
            }
        });
    }

    synchronized long waiting() {
        return db.transaction(this::count);
    }

    private long count() {
        return db.first("SELECT count(*) FROM due", r -> r.number(0)).orElse(0L);
    }

    /** The newest days' accounts, newest first. */
    synchronized List<BureauDay> days(int most) {
        return db.transaction(() -> db.query(
                "SELECT day, judged, acknowledged, dropped FROM day ORDER BY day DESC LIMIT ?",
                r -> new BureauDay(r.text(0), r.number(1), r.number(2), r.number(3)), most));
    }

    /** Accounts of ended days that were not told yet; they count as told from now on, and very old ones are forgotten. */
    synchronized List<BureauDay> untold(String today) {
        return db.transaction(() -> {
            List<BureauDay> found = db.query(
                    "SELECT day, judged, acknowledged, dropped FROM day WHERE day < ? AND told = 0 ORDER BY day",
                    r -> new BureauDay(r.text(0), r.number(1), r.number(2), r.number(3)), today);
            db.update("UPDATE day SET told = 1 WHERE day < ?", today);
            db.update("DELETE FROM day WHERE day NOT IN (SELECT day FROM day ORDER BY day DESC LIMIT 400)");
            return found;
        });
    }

    @Override
    public synchronized void close() {
        db.close();
    }
}
