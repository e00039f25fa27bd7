package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.ledger.LogTables.BlockRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Proves single items of a ledger to others: that an entry or decision stands where it stands, that a day is closed so. */
public final class Proofs {
    private static final int BLOCKS_KEPT = 32;
    private static final int DAYS_KEPT = 4;

    private record Key(Log log, long first) {}

    /** What all items of a block share. */
    private record Shared(Chunk chunk, MerkleTree tree, byte[] previous, byte[] root, Optional<InclusionProof.DayPath> day) {}

    /** A closed day: where its blocks begin, and the tree of their roots. */
    private record DayTree(Map<Long, Integer> places, MerkleTree tree) {}

    private final Map<Key, Shared> sealed = new LinkedHashMap<>();
    private final Map<Key, DayTree> closed = new LinkedHashMap<>();
    private final Map<Long, InclusionProof> kept = new HashMap<>();
    private final Readers readers;
    private final LogReader logs;

    Proofs(Readers readers, LogReader logs) {
        this.readers = readers;
        this.logs = logs;
    }

    /** The way from an entry to its block's root, and on to its day's once that is closed; empty where there is no such entry. */
    public Optional<InclusionProof> entry(long offset) {
        InclusionProof known = kept(offset);
        return known != null ? Optional.of(known) : prove(Log.ENTRY, offset);
    }

    /** Works the way out now, while its block is at hand, of an entry that will be asked for; one not sealed yet can wait. */
    public synchronized void keep(long offset) {
        prove(Log.ENTRY, offset).filter(InclusionProof::sealed).ifPresent(proof -> kept.put(offset, proof));
    }

    private synchronized InclusionProof kept(long offset) {
        return kept.get(offset);
    }

    /** The same of a decision by its number. */
    public Optional<InclusionProof> decision(long number) {
        return prove(Log.DECISION, number);
    }

    /** The newest entry at or below an offset that says which contents are in force. */
    public Optional<StoredEntry> listing(long offsetAtMost) {
        long at = offsetAtMost;
        while (at >= 0) {
            Optional<LogReader.Look> look = logs.look(at, (head, second) -> EntryCodec.isListing(head));
            if (look.isEmpty()) {
                return Optional.empty();
            }
            long first = look.get().first();
            List<byte[]> items = look.get().chunk().map(Chunk::items).orElse(List.of());
            OptionalLong found = Listings.last(first, items.subList(0, Math.min(items.size(), (int) (at - first) + 1)));
            if (found.isPresent()) {
                byte[] item = items.get((int) (found.getAsLong() - first));
                return Optional.of(new StoredEntry(found.getAsLong(), EntryCodec.decode(item)));
            }
            at = listed(first - 1);
        }
        return Optional.empty();
    }

    /** Where the index of listings points from an offset, or else that offset. */
    private long listed(long offset) {
        return readers.read(db -> LogTables.blockOf(db, Log.ENTRY, offset)
                .map(block -> Listings.of(db, block.first()).orElse(offset)).orElse(offset));
    }

    /** Proves that an entry put a content in force, without naming the others of its list; empty where it did not. */
    public Optional<ContentProof> content(StoredEntry listing, ContentRef ref) {
        byte[] canonical = EntryCodec.encode(listing.entry());
        List<byte[]> lines = EntryCodec.listed(canonical);
        byte[] line = EntryCodec.line(ref);
        for (int i = 0; i < lines.size(); i++) {
            if (Arrays.equals(lines.get(i), line)) {
                List<byte[]> leaves = lines.stream().map(Merkle::leaf).toList();
                return Optional.of(new ContentProof(ref, i, lines.size(), Merkle.path(leaves, i)));
            }
        }
        return Optional.empty();
    }

    /** The entry whose bytes these are. */
    public static Entry entryOf(byte[] canonical) {
        return EntryCodec.decode(canonical);
    }

    /** When an entry was received, of its canonical bytes, whole or short. */
    public static long receivedOf(byte[] canonical) {
        return EntryCodec.received(canonical);
    }

    /** The bytes that are stored of an entry. */
    public static byte[] bytesOf(Entry entry) {
        return EntryCodec.encode(entry);
    }

    /** The bytes that are stored of a decision. */
    public static byte[] bytesOf(StoredDecision decision) {
        return DecisionCodec.encode(decision);
    }

    /** The offset after the newest entry whose payload was let go; 0 where none was. */
    public long letGoEnd() {
        return readers.read(LetGo::end);
    }

    /** The end of the newest closed day whose entries were all received before a time, epoch ms; 0 where there is none. */
    public long closedBefore(long received) {
        return readers.read(db -> LetGo.closedBefore(db, received));
    }

    /** Where the oldest whole states of a core version lie, at an offset or after it. */
    public OptionalLong wholeStates(String coreVersion, long offset) {
        return readers.read(Shelf::sets).stream()
                .filter(s -> s.whole() && s.core().equals(coreVersion) && s.applied() >= offset)
                .mapToLong(Shelf.SetRow::applied).min();
    }

    /** The local days that both logs have closed, in order. */
    public List<DayRoot> days() {
        return readers.read(db -> {
            long open = LogTables.head(db).decisionDay();
            List<DayRoot> roots = new ArrayList<>();
            List<Day> decided = LogTables.days(db, Log.DECISION);
            for (Day day : LogTables.days(db, Log.ENTRY)) {
                if (day.day() < open) {
                    Optional<Day> same = decided.stream().filter(d -> d.day() == day.day()).findFirst();
                    roots.add(new DayRoot(
                            LocalDate.ofEpochDay(day.day()), part(db, Log.ENTRY, day), same.map(d -> part(db, Log.DECISION, d))));
                }
            }
            return roots;
        });
    }

    private static DayRoot.Part part(Sqlite db, Log log, Day day) {
        BlockRow last = LogTables.blockOf(db, log, day.next() - 1)
                .orElseThrow(() -> new In.Damaged("day " + day.day() + " has no blocks"));
        return new DayRoot.Part(day.first(), day.next(), day.root(), last.chain());
    }

    private synchronized Optional<InclusionProof> prove(Log log, long index) {
        return readers.read(db -> {
            Optional<BlockRow> block = LogTables.blockOf(db, log, index);
            if (block.isPresent()) {
                return Optional.of(proof(shared(db, log, block.get()), index, true));
            }
            Chunk open = LogTables.open(db, log, LogTables.next(db, log));
            if (index < open.first() || index >= open.next()) {
                return Optional.empty();
            }
            MerkleTree tree = tree(open);
            byte[] previous = previous(db, log, open.first());
            return Optional.of(proof(new Shared(open, tree, previous, tree.root(), Optional.empty()), index, false));
        });
    }

    /** Items are asked for in order mostly, so that a block is looked at once. */
    private Shared shared(Sqlite db, Log log, BlockRow block) {
        Key key = new Key(log, block.first());
        Shared known = sealed.get(key);
        if (known == null) {
            Chunk chunk = logs.unpacked(db, log, block.first());
            known = new Shared(
                    chunk, tree(chunk), previous(db, log, block.first()), block.root(),
                    dayPath(db, log, block));
            if (sealed.size() == BLOCKS_KEPT) {
                sealed.remove(sealed.keySet().iterator().next());
            }
            sealed.put(key, known);
        }
        return known;
    }

    private static MerkleTree tree(Chunk chunk) {
        return new MerkleTree(chunk.items().stream().map(Merkle::leaf).toList());
    }

    private static byte[] previous(Sqlite db, Log log, long first) {
        return first == 0
                ? LogHead.GENESIS
                : LogTables.blockOf(db, log, first - 1).orElseThrow(() -> new In.Damaged("no block before " + first)).chain();
    }

    private static InclusionProof proof(Shared block, long index, boolean isSealed) {
        Chunk chunk = block.chunk();
        int at = (int) (index - chunk.first());
        return new InclusionProof(
                index, EntryCodec.covered(chunk.items().get(at)), chunk.first(), block.tree().size(),
                block.tree().path(at), block.previous(), block.root(), block.day(), isSealed);
    }

    private Optional<InclusionProof.DayPath> dayPath(Sqlite db, Log log, BlockRow block) {
        return LogTables.dayOf(db, log, block.first()).map(d -> {
            DayTree its = closed.get(new Key(log, d.day()));
            if (its == null) {
                if (closed.size() == DAYS_KEPT) {
                    closed.remove(closed.keySet().iterator().next());
                }
                its = dayTree(db, log, d);
                closed.put(new Key(log, d.day()), its);
            }
            int at = its.places().get(block.first());
            return new InclusionProof.DayPath(
                    LocalDate.ofEpochDay(d.day()).toString(), at, its.tree().size(), its.tree().path(at), d.root());
        });
    }

    private static DayTree dayTree(Sqlite db, Log log, Day day) {
        List<byte[]> roots = new ArrayList<>();
        Map<Long, Integer> places = new HashMap<>();
        for (BlockRow b : LogTables.blocks(db, log, day.first(), day.blocks())) {
            places.put(b.first(), roots.size());
            roots.add(b.root());
        }
        return new DayTree(places, new MerkleTree(roots));
    }
}
