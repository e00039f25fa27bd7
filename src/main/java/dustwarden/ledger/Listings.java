package dustwarden.ledger;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where the newest entry that lists contents lies, of each sealed block of entries: an alarm's evidence asks for it, and it
 * may lie a whole journal back. A block without a row, as an older program left it, is looked through instead. Every method
 * runs inside the caller's transaction.
 */
final class Listings {
    static final String TABLE = "entry_listing";

    private Listings() {}

    static void create(Sqlite db) {
        db.update("CREATE TABLE IF NOT EXISTS " + TABLE + "(first INTEGER PRIMARY KEY, listing INTEGER NOT NULL)");
    }

    private static boolean known(Sqlite db) {
        return db.first("SELECT count(*) FROM sqlite_master WHERE name = ?", r -> r.number(0), TABLE).orElse(0L) > 0;
    }

    /** Of a block that was just written. */
    static void write(Sqlite db, Block block) {
        OptionalLong newest = last(block.first(), block.items());
        if (newest.isEmpty()) {
            newest = optional(db, "SELECT listing FROM " + TABLE
                    + " WHERE first = (SELECT max(first) FROM entry_block WHERE first < ?)", block.first());
        }
        newest.ifPresent(offset ->
                db.update("INSERT OR REPLACE INTO " + TABLE + "(first, listing) VALUES (?, ?)", block.first(), offset));
    }

    /** The offset of the newest entry among these that lists contents. */
    static OptionalLong last(long first, List<byte[]> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (EntryCodec.isListing(items.get(i))) {
                return OptionalLong.of(first + i);
            }
        }
        return OptionalLong.empty();
    }

    /** As stored of the block that begins there: the newest at or before its end. */
    static OptionalLong of(Sqlite db, long first) {
        return known(db) ? optional(db, "SELECT listing FROM " + TABLE + " WHERE first = ?", first) : OptionalLong.empty();
    }

    static long rows(Sqlite db) {
        return known(db) ? db.first("SELECT count(*) FROM " + TABLE, r -> r.number(0)).orElse(0L) : 0;
    }

    private static OptionalLong optional(Sqlite db, String query, long argument) {
        return db.first(query, r -> OptionalLong.of(r.number(0)), argument).orElse(OptionalLong.empty());
    }
}
