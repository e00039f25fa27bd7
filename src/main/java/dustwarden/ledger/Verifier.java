package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.ledger.LogTables.BlockRow;
import dustwarden.ledger.LogTables.TailRow;
import dustwarden.ledger.Shelf.ContentRow;
import dustwarden.ledger.Shelf.SetRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Walks all of a {@code ledger.db} that can change a verdict and holds it against its hashes.
 *
 * <p>It stops at the first thing wrong. One block is in memory at a time.
 */
public final class Verifier {
    private static final int BLOCKS_AT_ONCE = 100;

    /** The first thing that was found wrong: an offset or number of a log, or the key of another table. */
    public record Damage(String table, String key, String what) {
        public String sentence() {
            return table + " " + key + ": " + what;
        }
    }

    /** What was looked at; {@code damage} is empty where all fits. */
    public record Outcome(
            long entries, long decisions, long contents, long snapshots, long letGo, String entryHash, String decisionHash,
            Optional<Damage> damage) {
        public boolean sound() {
            return damage.isEmpty();
        }

        private Outcome harmed(Damage by) {
            return new Outcome(
                    entries, decisions, contents, snapshots, letGo, entryHash, decisionHash, Optional.of(by));
        }
    }

    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Damage damage;

        Wrong(String table, Object key, String what) {
            this.damage = new Damage(table, String.valueOf(key), what);
        }
    }

    /** The items of a log go here, in order. */
    private interface Check {
        void item(long index, byte[] canonical);
    }

    private final Sqlite db;
    private final Set<ContentRef> named = new HashSet<>();
    private final Set<ContentRef> stored = new HashSet<>();
    private Head head = Head.empty();
    private String table = "head";
    private Object key = 1;
    private long received;
    private long closed;
    private long offset;
    private long contents;
    private long snapshots;
    private long letGo;
    private long listed = -1;
    private long listingRows;

    private Verifier(Sqlite db) {
        this.db = db;
    }

    /**
     * Verifies the ledger of a data directory, also while it is being written.
     *
     * @throws LedgerRefused there is none
     */
    public static Outcome verify(Path directory) {
        try (SqliteReading reading = SqliteReading.open(directory)) {
            // Looked at before the ledger is opened, which may begin the log anew.
            Optional<String> log = WalCheck.of(directory);
            Outcome found = reading.readers().read(db -> new Verifier(db).outcome());
            return log.isEmpty() || !found.sound() ? found : found.harmed(new Damage(
                    WalCheck.FILE, "after entry " + (found.entries() - 1), log.get() + ": what was written after entry "
                            + (found.entries() - 1) + " and decision " + (found.decisions() - 1) + " cannot be read"));
        } catch (Sqlite.Failed e) {
            return new Outcome(0, 0, 0, 0, 0, "", "", Optional.of(new Damage(SqliteLedger.FILE, "", e.getMessage())));
        }
    }

    private Outcome outcome() {
        try {
            walk();
            return outcome(Optional.empty());
        } catch (Wrong e) {
            return outcome(Optional.of(e.damage));
        } catch (In.Damaged | Sqlite.Failed e) {
            return outcome(Optional.of(new Damage(table, String.valueOf(key), e.getMessage())));
        }
    }

    private Outcome outcome(Optional<Damage> damage) {
        Position end = head.position();
        return new Outcome(
                end.nextOffset(),
                end.nextDecision(),
                contents,
                snapshots,
                letGo,
                Shelf.hex(head.entries()),
                Shelf.hex(head.decisions()),
                damage);
    }

    private void walk() {
        head = LogTables.head(db);
        log(Log.ENTRY, head.position().nextOffset(), head.entries(), this::entry);
        if (listingRows != Listings.rows(db)) {
            throw new Wrong(Listings.TABLE, "", "names blocks that are not there");
        }
        log(Log.DECISION, head.position().nextDecision(), head.decisions(), this::decision);
        contents();
        snapshots();
        at("head", 1);
        if (received != head.position().lastReceived().orElse(0)) {
            throw new Wrong("head", 1, "says that the last entry was received at another time");
        }
        indices();
    }

    /** What is found by an index must be what lies in its table: a reader asks the index alone. */
    private void indices() {
        at(SqliteLedger.FILE, "indices");
        String found = db.first("PRAGMA integrity_check(1)", r -> r.text(0)).orElse("says nothing");
        if (!found.equals("ok")) {
            throw new Wrong(SqliteLedger.FILE, "indices", found);
        }
    }

    private void at(String newTable, Object newKey) {
        table = newTable;
        key = newKey;
    }

    private void log(Log log, long end, byte[] endHash, Check check) {
        long next = 0;
        byte[] chain = LogHead.GENESIS;
        at(log.day(), "");
        List<Day> days = LogTables.days(db, log);
        closed = days.isEmpty() ? 0 : days.get(days.size() - 1).next();
        DayRoots roots = new DayRoots(log, days);
        List<BlockRow> page = LogTables.blocks(db, log, Long.MIN_VALUE, BLOCKS_AT_ONCE);
        while (!page.isEmpty()) {
            for (BlockRow block : page) {
                at(log.block(), next);
                chain = block(log, block, next, chain, check);
                next = block.next();
                roots.add(block);
            }
            page = LogTables.blocks(db, log, next, BLOCKS_AT_ONCE);
        }
        roots.end();
        byte[] hash = chain;
        for (TailRow tail : LogTables.tails(db, log)) {
            at(log.tail(), next);
            if (tail.first() != next) {
                throw new Wrong(log.tail(), next, "the next tail begins at " + tail.first());
            }
            for (byte[] item : tail.proved(hash)) {
                check.item(next++, item);
            }
            hash = tail.hash();
        }
        if (next != end || !Arrays.equals(hash, endHash)) {
            throw new Wrong(log.tail(), next, "the log ends otherwise than the head says, which is at " + end);
        }
    }

    private byte[] block(Log log, BlockRow block, long next, byte[] chain, Check check) {
        if (block.first() != next) {
            throw new Wrong(log.block(), next, "the next block begins at " + block.first());
        }
        at(log.body(), next);
        Optional<byte[]> body = LogTables.body(db, log, next);
        if (body.isEmpty() && log == Log.ENTRY && LetGo.has(db, next) && block.next() <= closed) {
            return blank(block, next, chain);
        }
        List<byte[]> items = BlockCodec.decode(body.orElseThrow(() -> new In.Damaged("the block has no body")));
        at(log.block(), next);
        if (items.size() != block.size()) {
            throw new Wrong(log.block(), next, "holds " + items.size() + " items, says " + block.size());
        }
        List<byte[]> leaves = new ArrayList<>(items.size());
        for (byte[] item : items) {
            leaves.add(Merkle.leaf(item));
        }
        byte[] root = Merkle.root(leaves);
        byte[] link = Merkle.chain(chain, root);
        if (!Arrays.equals(root, block.root()) || !Arrays.equals(link, block.chain())) {
            throw new Wrong(log.block(), next, "the items do not fit the root, or the root the chain");
        }
        for (int i = 0; i < items.size(); i++) {
            check.item(next + i, items.get(i));
        }
        if (block.mark() != (log == Log.ENTRY ? received : offset)) {
            throw new Wrong(log.block(), next, "its mark " + block.mark() + " is not that of its last item");
        }
        if (log == Log.ENTRY) {
            listed = Listings.last(next, items).orElse(listed);
            listing(next);
        }
        if (log == Log.DECISION && !Arrays.equals(LogTables.bloom(items), LogTables.bloomOf(db, next))) {
            throw new Wrong("decision_found", next, "does not tell what the block holds");
        }
        return link;
    }

    /** A block whose payload was let go: its root still belongs to the chain, and the day's root to its root. */
    private byte[] blank(BlockRow block, long next, byte[] chain) {
        byte[] link = Merkle.chain(chain, block.root());
        if (!Arrays.equals(link, block.chain())) {
            throw new Wrong("entry_block", next, "the root does not fit the chain");
        }
        if (block.mark() < received) {
            throw new Wrong("entry_block", next, "received before the entry before it");
        }
        received = block.mark();
        letGo += block.size();
        listing(next);
        return link;
    }

    /** A block need not have a row, as an older program wrote none; one that it has must be right. */
    private void listing(long first) {
        OptionalLong stored = Listings.of(db, first);
        listingRows += stored.isPresent() ? 1 : 0;
        if (stored.isPresent() && stored.getAsLong() != listed) {
            throw new Wrong(Listings.TABLE, first, "does not tell where the newest list of contents is");
        }
    }

    private void entry(long index, byte[] canonical) {
        at("entry", index);
        Entry entry = EntryCodec.decode(canonical);
        if (entry.received() < received) {
            throw new Wrong("entry", index, "received before the entry before it");
        }
        received = entry.received();
        if (entry instanceof Entry.Resumed r) {
            named.addAll(r.contents());
        } else if (entry instanceof Entry.Changed c) {
            named.addAll(c.contents());
        }
    }

    private void decision(long index, byte[] canonical) {
        at("decision", index);
        StoredDecision d = DecisionCodec.decode(index, canonical);
        if (d.offset() >= head.position().applied()) {
            throw new Wrong("decision", index, "its entry " + d.offset() + " is not applied yet");
        }
        offset = d.offset();
    }

    private void contents() {
        at("content", "");
        long id = 0;
        for (List<ContentRow> page = Shelf.contents(db, id, 20); !page.isEmpty(); page = Shelf.contents(db, id, 20)) {
            for (ContentRow row : page) {
                at("content", row.kind() + "/" + row.name());
                row.content();
                stored.add(new ContentRef(row.kind(), row.name(), row.sha256()));
                contents++;
                id = row.id();
            }
        }
        for (ContentRef ref : named) {
            if (!stored.contains(ref)) {
                throw new Wrong("content", ref.kind() + "/" + ref.name(), "an entry names " + ref.sha256() + ", which is not here");
            }
        }
    }

    private void snapshots() {
        at("snapshot", "");
        long rows = 0;
        for (SetRow set : Shelf.sets(db)) {
            at("snapshot_set", set.applied());
            rows += Snapshots.states(db, set).size();
            snapshots++;
        }
        if (rows != Shelf.stateCount(db)) {
            throw new Wrong("snapshot", "", "there are states that belong to no set");
        }
    }

    /** Holds the roots of closed days against the blocks. */
    private static final class DayRoots {
        private final Log log;
        private final List<Day> days;
        private int at;
        private Frontier roots = Frontier.EMPTY;
        private long next;

        DayRoots(Log log, List<Day> days) {
            this.log = log;
            this.days = days;
        }

        void add(BlockRow block) {
            if (at == days.size()) {
                return;
            }
            roots = roots.plus(block.root());
            Day day = days.get(at);
            if (block.next() >= day.next()) {
                boolean fits = day.first() == next
                        && day.next() == block.next()
                        && day.blocks() == roots.count()
                        && Arrays.equals(day.root(), roots.root());
                if (!fits) {
                    throw new Wrong(log.day(), day.day(), "does not fit its blocks");
                }
                next = block.next();
                roots = Frontier.EMPTY;
                at++;
            }
        }

        void end() {
            if (at < days.size()) {
                throw new Wrong(log.day(), days.get(at).day(), "its blocks are not there");
            }
        }
    }
}
