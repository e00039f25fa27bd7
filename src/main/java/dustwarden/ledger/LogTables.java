package dustwarden.ledger;

import dustwarden.ledger.LogHead.Growth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The tables of the two logs and their head; every method runs inside the caller's transaction. */
final class LogTables {
    static final int VERSION = 1;

    private LogTables() {}

    static void create(Sqlite db) {
        for (Log log : Log.values()) {
            db.update("CREATE TABLE " + log.block()
                    + "(first INTEGER PRIMARY KEY, size INTEGER NOT NULL, mark INTEGER NOT NULL, root BLOB NOT NULL, chain BLOB NOT NULL)");
            db.update("CREATE INDEX " + log.block() + "_mark ON " + log.block() + "(mark)");
            db.update("CREATE TABLE " + log.body() + "(first INTEGER PRIMARY KEY, body BLOB NOT NULL)");
            db.update("CREATE TABLE " + log.tail()
                    + "(first INTEGER PRIMARY KEY, size INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL)");
            db.update("CREATE TABLE " + log.day()
                    + "(day INTEGER PRIMARY KEY, first INTEGER NOT NULL, next INTEGER NOT NULL, blocks INTEGER NOT NULL, "
                    + "root BLOB NOT NULL, hash BLOB NOT NULL)");
        }
        db.update("CREATE TABLE decision_found(first INTEGER PRIMARY KEY, bloom BLOB NOT NULL)");
        db.update("CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id = 1), body TEXT NOT NULL, hash BLOB NOT NULL)");
        writeHead(db, Head.empty());
        db.update("PRAGMA user_version = " + VERSION);
    }

    static long version(Sqlite db) {
        return db.first("PRAGMA user_version", r -> r.number(0)).orElse(0L);
    }

    static void writeHead(Sqlite db, Head head) {
        String text = head.text();
        db.update("INSERT OR REPLACE INTO head(id, body, hash) VALUES (1, ?, ?)", text, headHash(text));
    }

    static Head head(Sqlite db) {
        record Stored(String body, byte[] hash) {}
        Stored stored = db.first("SELECT body, hash FROM head", r -> new Stored(r.text(0), r.bytes(1)))
                .orElseThrow(() -> new In.Damaged("the head is gone"));
        if (!Arrays.equals(stored.hash(), headHash(stored.body()))) {
            throw new In.Damaged("the head does not fit its hash");
        }
        return Head.parse(stored.body());
    }

    private static byte[] headHash(String text) {
        return Merkle.sha256(text.getBytes(StandardCharsets.US_ASCII));
    }

    static void write(Sqlite db, Log log, Growth growth, List<byte[]> bodies) {
        if (growth.tailReplaced()) {
            db.update("DELETE FROM " + log.tail());
        }
        for (int i = 0; i < bodies.size(); i++) {
            Block b = growth.blocks().get(i);
            db.update(
                    "INSERT INTO " + log.block() + "(first, size, mark, root, chain) VALUES (?, ?, ?, ?, ?)",
                    b.first(), b.items().size(), b.mark(), b.root(), b.chain());
            db.update("INSERT INTO " + log.body() + "(first, body) VALUES (?, ?)", b.first(), bodies.get(i));
            if (log == Log.ENTRY) {
                Listings.write(db, b);
            } else {
                db.update("INSERT INTO decision_found(first, bloom) VALUES (?, ?)", b.first(), bloom(b.items()));
            }
        }
        for (Day d : growth.days()) {
            db.update(
                    "INSERT INTO " + log.day() + "(day, first, next, blocks, root, hash) VALUES (?, ?, ?, ?, ?, ?)",
                    d.day(), d.first(), d.next(), d.blocks(), d.root(), d.hash());
        }
        growth.tail()
                .ifPresent(t -> db.update(
                        "INSERT INTO " + log.tail() + "(first, size, hash, body) VALUES (?, ?, ?, ?)",
                        t.first(), t.items().size(), t.hash(), t.body()));
    }

    static byte[] bloom(List<byte[]> decisions) {
        Set<String> keys = new HashSet<>();
        for (byte[] item : decisions) {
            StoredDecision d = DecisionCodec.decode(0, item);
            d.site().ifPresent(site -> keys.add(Bloom.key(site, d.type())));
        }
        return Bloom.of(keys);
    }

    /** The stored hint for a block of decisions; empty where there is none. */
    static byte[] bloomOf(Sqlite db, long first) {
        return db.first("SELECT bloom FROM decision_found WHERE first = ?", r -> r.bytes(0), first)
                .orElse(new byte[0]);
    }

    /** The growing end of a log as stored; {@code day} is the day of its newest item. */
    static LogHead logHead(Sqlite db, Log log, long day, long openMark) {
        Optional<BlockRow> last = rows(db, log, "ORDER BY first DESC LIMIT 1").stream().findFirst();
        long sealed = last.map(BlockRow::next).orElse(0L);
        byte[] chain = last.map(BlockRow::chain).orElse(LogHead.GENESIS);
        List<byte[]> open = new ArrayList<>();
        byte[] hash = chain;
        for (TailRow tail : tails(db, log)) {
            open.addAll(tail.proved(hash));
            hash = tail.hash();
        }
        long dayFirst = db.first("SELECT next FROM " + log.day() + " ORDER BY next DESC LIMIT 1", r -> r.number(0))
                .orElse(0L);
        Frontier roots = Frontier.EMPTY;
        for (byte[] root : db.query(
                "SELECT root FROM " + log.block() + " WHERE first >= ? ORDER BY first", r -> r.bytes(0), dayFirst)) {
            roots = roots.plus(root);
        }
        return LogHead.stored(sealed, chain, open, openMark, hash, day, dayFirst, roots);
    }

    /** A block without its body. */
    record BlockRow(long first, long size, long mark, byte[] root, byte[] chain) {
        long next() {
            return first + size;
        }
    }

    /** A tail as stored. */
    record TailRow(long first, long size, byte[] hash, byte[] body) {
        /** Its items, proved against the hash before it and its own. */
        List<byte[]> proved(byte[] before) {
            List<byte[]> items = Tail.items(body, size);
            if (!Arrays.equals(hash, Merkle.tail(before, items.stream().map(Merkle::leaf).toList()))) {
                throw new In.Damaged("the tail at " + first + " does not fit its hash");
            }
            return items;
        }
    }

    /** The block that holds an index. */
    static Optional<BlockRow> blockOf(Sqlite db, Log log, long index) {
        return rows(db, log, "WHERE first <= ? ORDER BY first DESC LIMIT 1", index).stream()
                .filter(b -> index < b.next())
                .findFirst();
    }

    static List<BlockRow> blocks(Sqlite db, Log log, long from, long atMost) {
        return rows(db, log, "WHERE first >= ? ORDER BY first LIMIT ?", from, atMost);
    }

    /** The first block whose last mark is this one or later. */
    static Optional<BlockRow> blockMarked(Sqlite db, Log log, long mark) {
        return rows(db, log, "WHERE mark >= ? ORDER BY mark, first LIMIT 1", mark).stream().findFirst();
    }

    private static List<BlockRow> rows(Sqlite db, Log log, String where, Object... arguments) {
        return db.query(
                "SELECT first, size, mark, root, chain FROM " + log.block() + " " + where,
                r -> new BlockRow(r.number(0), r.number(1), r.number(2), r.bytes(3), r.bytes(4)),
                arguments);
    }

    static Optional<byte[]> body(Sqlite db, Log log, long first) {
        return db.first("SELECT body FROM " + log.body() + " WHERE first = ?", r -> r.bytes(0), first);
    }

    static List<TailRow> tails(Sqlite db, Log log) {
        return db.query(
                "SELECT first, size, hash, body FROM " + log.tail() + " ORDER BY first",
                r -> new TailRow(r.number(0), r.number(1), r.bytes(2), r.bytes(3)));
    }

    /** All items that wait to be sealed. */
    static Chunk open(Sqlite db, Log log, long nextOfLog) {
        List<TailRow> tails = tails(db, log);
        List<byte[]> items = new ArrayList<>();
        tails.forEach(t -> items.addAll(Tail.items(t.body(), t.size())));
        return new Chunk(tails.isEmpty() ? nextOfLog : tails.get(0).first(), items);
    }

    /** The index after the last item of a log. */
    static long next(Sqlite db, Log log) {
        Position position = head(db).position();
        return log == Log.ENTRY ? position.nextOffset() : position.nextDecision();
    }

    /** The closed day that holds an index. */
    static Optional<Day> dayOf(Sqlite db, Log log, long index) {
        return days(db, log, "WHERE first <= ? AND next > ?", index, index).stream().findFirst();
    }

    static List<Day> days(Sqlite db, Log log) {
        return days(db, log, "");
    }

    private static List<Day> days(Sqlite db, Log log, String where, Object... arguments) {
        return db.query(
                "SELECT day, first, next, blocks, root, hash FROM " + log.day() + " " + where + " ORDER BY day",
                r -> Day.proved(r.number(0), r.number(1), r.number(2), r.number(3), r.bytes(4), r.bytes(5)),
                arguments);
    }

    /** The first index of the newest block below {@code before} that may hold the key. */
    static OptionalLong blockFound(Sqlite db, long before, String key) {
        record Found(long first, byte[] bloom) {}
        long below = before;
        while (true) {
            List<Found> page = db.query(
                    "SELECT first, bloom FROM decision_found WHERE first < ? ORDER BY first DESC LIMIT 200",
                    r -> new Found(r.number(0), r.bytes(1)),
                    below);
            for (Found found : page) {
                if (Bloom.mayHold(found.bloom(), key)) {
                    return OptionalLong.of(found.first());
                }
                below = found.first();
            }
            if (page.isEmpty()) {
                return OptionalLong.empty();
            }
        }
    }
}
