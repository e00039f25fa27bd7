package dustwarden.live;

import dustwarden.series.ViewDb;
import java.nio.file.Path;

/**
 * How far alarms have gone out, {@code mqtt-out.db} of a data directory: what is to go is noted before it goes.
 *
 * <p>Not to be made again from the logs: without it, what went out before is not told again.
 */
final class OutLedger implements AutoCloseable {
    static final String FILE = "mqtt-out.db";

    /**
     * Numbers of decisions.
     *
     * @param done all alarms below it are with the broker
     * @param begun those from {@code done} up to it may be
     */
    record Marks(long done, long begun) {
        Marks {
            if (done > begun) {
                throw new IllegalArgumentException("done " + done + " lies beyond begun " + begun);
            }
        }
    }

    private final ViewDb db;
    private Marks marks;

    private OutLedger(ViewDb db, Marks marks) {
        this.db = db;
        this.marks = marks;
    }

    /** @param end where a new file begins: the number of the next decision */
    static OutLedger open(Path directory, long end) {
        ViewDb db = ViewDb.open(directory.resolve(FILE), ViewDb.Mode.WRITE);
        Marks marks = db.transaction(() -> {
            db.update("CREATE TABLE IF NOT EXISTS marks(one INTEGER PRIMARY KEY, done INTEGER NOT NULL, begun INTEGER NOT NULL)");
            db.update("INSERT OR IGNORE INTO marks VALUES(1, ?, ?)", end, end);
            return db.first("SELECT done, begun FROM marks", r -> new Marks(r.number(0), r.number(1))).orElseThrow();
        });
        return new OutLedger(db, marks);
    }

    Marks marks() {
        return marks;
    }

    void mark(Marks next) {
        if (!next.equals(marks)) {
            db.transaction(() -> db.update("UPDATE marks SET done = ?, begun = ?", next.done(), next.begun()));
            marks = next;
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
