package dustwarden.app.node;

import dustwarden.ledger.DirectoryLock;
import dustwarden.ledger.SqliteReading;
import dustwarden.series.Filling;
import dustwarden.series.InfluxView;
import dustwarden.series.RecentLog;
import dustwarden.settings.Settings;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** One run that fills an InfluxDB from the first entry of a ledger on. */
public final class InfluxRebuild implements AutoCloseable {
    /** @param refused points and entries that were put aside with their reason */
    public record Result(long entries, long refused) {}

    private final DirectoryLock lock;
    private final SqliteReading ledger;
    private final InfluxView view;

    private InfluxRebuild(DirectoryLock lock, SqliteReading ledger, InfluxView view) {
        this.lock = lock;
        this.ledger = ledger;
        this.view = view;
    }

    /** Takes the data directory for itself; forgets how far the bucket had come. */
    public static InfluxRebuild open(Settings.Influx settings, Path data) {
        SqliteReading ledger = SqliteReading.open(data);
        DirectoryLock lock = DirectoryLock.take(data);
        try {
            return new InfluxRebuild(lock, ledger, InfluxView.anew(data, InfluxFeed.target(settings)));
        } catch (RuntimeException e) {
            lock.close();
            ledger.close();
            throw e;
        }
    }

    public long entries() {
        return ledger.position().applied();
    }

    /** @param reached told of the entries written so far */
    public Result run(LongConsumer reached) {
        long aside = new Filling(new RecentLog(ledger), view).run(reached);
        return new Result(view.cursor().entry(), view.refused() + aside);
    }

    @Override
    public void close() {
        try {
            view.close();
        } finally {
            ledger.close();
            lock.close();
        }
    }
}
