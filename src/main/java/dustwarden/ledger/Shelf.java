package dustwarden.ledger;

import dustwarden.core.Entry.ContentRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of contents and snapshots; every method runs inside the caller's transaction. */
final class Shelf {
    /** Sets of changed sites that are kept, the newest and one behind it, should the newest be harmed. */
    private static final int SETS_KEPT = 2;
    /** Whole sets that are kept likewise; of those before them the first of each month, to replay from. */
    private static final int WHOLE_KEPT = 2;

    private Shelf() {}

    static void create(Sqlite db) {
        db.update("CREATE TABLE content(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,"
                + " body BLOB NOT NULL)");
        db.update("CREATE UNIQUE INDEX content_key ON content(sha256, kind, name)");
        db.update("CREATE TABLE snapshot_set(applied INTEGER PRIMARY KEY, at INTEGER NOT NULL, core TEXT NOT NULL,"
                + " whole INTEGER NOT NULL, hash BLOB NOT NULL)");
        db.update("CREATE TABLE snapshot(applied INTEGER NOT NULL, site TEXT NOT NULL,"
                + " hash BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY(site, applied))");
        db.update("CREATE INDEX snapshot_applied ON snapshot(applied)");
    }

    record ContentRow(long id, String kind, String name, String sha256, byte[] body) {
        /** The content, proved by its hash. */
        byte[] content() {
            byte[] bytes = BlockCodec.unpackAlone(body);
            if (!hex(Merkle.sha256(bytes)).equals(sha256)) {
                throw new In.Damaged("content " + kind + "/" + name + " does not fit its hash " + sha256);
            }
            return bytes;
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static void putContent(Sqlite db, String kind, String name, String sha256, byte[] bytes) {
        db.update(
                "INSERT OR IGNORE INTO content(kind, name, sha256, body) VALUES (?, ?, ?, ?)",
                kind, name, sha256, BlockCodec.packAlone(bytes));
    }

    static boolean holds(Sqlite db, ContentRef ref) {
        return db.first("SELECT 1 FROM content WHERE sha256 = ? AND kind = ? AND name = ?", r -> true,
                ref.sha256(), ref.kind(), ref.name()).isPresent();
    }

    static Optional<ContentRow> content(Sqlite db, String sha256) {
        return contents(db, "WHERE sha256 = ? LIMIT 1", sha256).stream().findFirst();
    }

    static List<ContentRow> contents(Sqlite db, long afterId, int atMost) {
        return contents(db, "WHERE id > ? ORDER BY id LIMIT ?", afterId, atMost);
    }

    private static List<ContentRow> contents(Sqlite db, String where, Object... arguments) {
        return db.query(
                "SELECT id, kind, name, sha256, body FROM content " + where,
                r -> new ContentRow(r.number(0), r.text(1), r.text(2), r.text(3), r.bytes(4)),
                arguments);
    }

    record SetRow(long applied, long at, String core, boolean whole, byte[] hash) {}

    record StateRow(long applied, String site, byte[] hash, byte[] body) {
        /** The state, proved by its hash. */
        byte[] state() {
            byte[] bytes = BlockCodec.unpackAlone(body);
            if (!Arrays.equals(hash, Merkle.sha256(bytes))) {
                throw new In.Damaged("the state of " + site + " at " + applied + " does not fit its hash");
            }
            return bytes;
        }
    }

    /** The states of a set as they are stored. */
    static List<StateRow> packed(SnapshotSet set) {
        List<StateRow> rows = new ArrayList<>(set.states().size());
        set.states().forEach((site, bytes) ->
                rows.add(new StateRow(set.applied(), site, Merkle.sha256(bytes), BlockCodec.packAlone(bytes))));
        return rows;
    }

    /** @param packed of that set */
    static void putSet(Sqlite db, SnapshotSet set, List<StateRow> packed) {
        TreeMap<String, byte[]> hashes = new TreeMap<>();
        db.update("DELETE FROM snapshot WHERE applied = ?", set.applied());
        for (StateRow row : packed) {
            hashes.put(row.site(), row.hash());
            db.update(
                    "INSERT INTO snapshot(applied, site, hash, body) VALUES (?, ?, ?, ?)",
                    row.applied(), row.site(), row.hash(), row.body());
        }
        byte[] hash = setHash(set.applied(), set.at(), set.coreVersion(), set.whole(), hashes);
        db.update(
                "INSERT OR REPLACE INTO snapshot_set(applied, at, core, whole, hash) VALUES (?, ?, ?, ?, ?)",
                set.applied(), set.at(), set.coreVersion(), set.whole() ? 1 : 0, hash);
    }

    static byte[] setHash(long applied, long at, String core, boolean whole, TreeMap<String, byte[]> hashes) {
        Out out = new Out(64 * hashes.size() + 64);
        out.ascii(applied + " " + at + " " + whole + " ").put(core.getBytes(StandardCharsets.UTF_8)).put('\n');
        hashes.forEach((site, hash) -> out.put(site.getBytes(StandardCharsets.UTF_8)).put(' ').put(hash));
        return Merkle.sha256(out.toBytes());
    }

    /** Sets, newest first. */
    static List<SetRow> sets(Sqlite db) {
        return db.query(
                "SELECT applied, at, core, whole, hash FROM snapshot_set ORDER BY applied DESC",
                r -> new SetRow(r.number(0), r.number(1), r.text(2), flag(r.number(3)), r.bytes(4)));
    }

    private static boolean flag(long number) {
        if (number != 0 && number != 1) {
            throw new In.Damaged(number + " where 0 or 1 was wanted");
        }
        return number == 1;
    }

    static List<StateRow> states(Sqlite db, long applied) {
        return db.query(
                "SELECT applied, site, hash, body FROM snapshot WHERE applied = ? ORDER BY site",
                r -> new StateRow(r.number(0), r.text(1), r.bytes(2), r.bytes(3)),
                applied);
    }

    static long stateCount(Sqlite db) {
        return db.first("SELECT count(*) FROM snapshot", r -> r.number(0)).orElse(0L);
    }

    /**
     * Drops sets of changed sites older than the newest few by merging them forward: of each site the newest state at or below
     * the oldest kept set moves into that set. Of whole sets the newest few and the first of each month stay.
     */
    static void prune(Sqlite db) {
        dropWhole(db, sets(db).stream().filter(SetRow::whole).toList());
        List<SetRow> sets = sets(db);
        int wholeAt = 0;
        while (wholeAt < sets.size() && !sets.get(wholeAt).whole()) {
            wholeAt++;
        }
        int keptAt = Math.min(SETS_KEPT, wholeAt);
        if (keptAt < sets.size()) {
            List<SetRow> old = sets.subList(keptAt, sets.size());
            mergeChanged(db, old);
        }
    }

    private static void dropWhole(Sqlite db, List<SetRow> newestFirst) {
        Optional<YearMonth> month = Optional.empty();
        for (int i = newestFirst.size() - 1; i >= WHOLE_KEPT; i--) {
            SetRow set = newestFirst.get(i);
            Optional<YearMonth> its = Optional.of(YearMonth.from(Instant.ofEpochMilli(set.at()).atOffset(ZoneOffset.UTC)));
            if (its.equals(month)) {
                drop(db, set);
            }
            month = its;
        }
    }

    private static void drop(Sqlite db, SetRow set) {
        db.update("DELETE FROM snapshot WHERE applied = ?", set.applied());
        db.update("DELETE FROM snapshot_set WHERE applied = ?", set.applied());
    }

    private static void mergeChanged(Sqlite db, List<SetRow> old) {
        SetRow into = old.get(0);
        long whole = old.stream().filter(SetRow::whole).mapToLong(SetRow::applied).findFirst().orElse(-1);
        for (SetRow set : old.subList(1, old.size())) {
            if (set.whole()) {
                continue;
            }
            if (set.applied() > whole && set.core().equals(into.core())) {
                db.update(
                        "UPDATE snapshot SET applied = ? WHERE applied = ? AND site NOT IN"
                                + " (SELECT site FROM snapshot WHERE applied = ?)",
                        into.applied(), set.applied(), into.applied());
            }
            drop(db, set);
        }
        TreeMap<String, byte[]> hashes = new TreeMap<>();
        db.query("SELECT site, hash FROM snapshot WHERE applied = ?", r -> hashes.put(r.text(0), r.bytes(1)), into.applied());
        byte[] hash = setHash(into.applied(), into.at(), into.core(), into.whole(), hashes);
        db.update("UPDATE snapshot_set SET hash = ? WHERE applied = ?", hash, into.applied());
    }
}
