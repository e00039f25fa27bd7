package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.ledger.LogTables.BlockRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks of entries whose payloads were let go after their day was closed: their roots and chains stay, so that the rest is
 * proved as before. Every method runs inside the caller's transaction.
 */
final class LetGo {
    private LetGo() {}

    static void create(Sqlite db) {
        db.update("CREATE TABLE IF NOT EXISTS entry_let_go(first INTEGER PRIMARY KEY, at INTEGER NOT NULL)");
    }

    private static boolean known(Sqlite db) {
        return db.first("SELECT count(*) FROM sqlite_master WHERE name = 'entry_let_go'", r -> r.number(0)).orElse(0L) > 0;
    }

    static boolean has(Sqlite db, long first) {
        return known(db) && db.first("SELECT first FROM entry_let_go WHERE first = ?", r -> r.number(0), first).isPresent();
    }

    /** The offset after the newest entry that was let go; 0 where none was. */
    static long end(Sqlite db) {
        if (!known(db)) {
            return 0;
        }
        Optional<Long> last = db.first("SELECT first FROM entry_let_go ORDER BY first DESC LIMIT 1", r -> r.number(0));
        return last.flatMap(first -> LogTables.blockOf(db, Log.ENTRY, first)).map(BlockRow::next).orElse(0L);
    }

    /** The end of the newest day that both logs have closed and whose entries were all received before a time. */
    static long closedBefore(Sqlite db, long received) {
        long open = LogTables.head(db).decisionDay();
        long end = 0;
        for (Day day : LogTables.days(db, Log.ENTRY)) {
            boolean old = LogTables.blockOf(db, Log.ENTRY, day.next() - 1).map(b -> b.mark() < received).orElse(false);
            end = day.day() < open && old ? day.next() : end;
        }
        return end;
    }

    static void drop(Sqlite db, BlockRow block, Set<Long> needed, long now) {
        List<byte[]> items = BlockCodec.decode(LogTables.body(db, Log.ENTRY, block.first()).orElseThrow());
        for (int i = 0; i < items.size(); i++) {
            if (EntryCodec.isListing(items.get(i)) || needed.contains(block.first() + i)) {
                return;
            }
        }
        db.update("DELETE FROM entry_body WHERE first = ?", block.first());
        db.update("INSERT INTO entry_let_go(first, at) VALUES (?, ?)", block.first(), now);
    }

    /** What is read in the place of entries that were let go: time that passed. */
    static List<byte[]> blanks(BlockRow block) {
        byte[] tick = EntryCodec.encode(new Entry.Tick(block.mark()));
        return new ArrayList<>(Collections.nCopies((int) block.size(), tick));
    }
}
