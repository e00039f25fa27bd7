package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.ledger.LogTables.BlockRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Proves single items of a ledger to others: that an entry or decision stands where it stands, that a day is closed so. */
public final class Proofs {
    private static final int BLOCKS_KEPT = 32;

    private record Key(Log log, long first) {}

    /** What all items of a block share. */
    private record Shared(Chunk chunk, List<byte[]> leaves, byte[] previous, byte[] root, Optional<InclusionProof.DayPath> day) {}

    private final Map<Key, Shared> sealed = new LinkedHashMap<>();
    private final Readers readers;
    private final LogReader logs;

    Proofs(Readers readers, LogReader logs) {
        this.readers = readers;
        this.logs = logs;
    }

    /** The way from an entry to its block's root, and on to its day's once that is closed; empty where there is no such entry. */
    public Optional<InclusionProof> entry(long offset) {
        return prove(Log.ENTRY, offset);
    }

    /** The same of a decision by its number. */
    public Optional<InclusionProof> decision(long number) {
        return prove(Log.DECISION, number);
    }

    /** The newest entry at or below an offset that says which contents are in force. */
    public Optional<StoredEntry> listing(long offsetAtMost) {
        long at = offsetAtMost;
        while (at >= 0) {
            Optional<Chunk> chunk = logs.chunkOf(Log.ENTRY, at);
            if (chunk.isEmpty()) {
                return Optional.empty();
            }
            for (int i = (int) (at - chunk.get().first()); i >= 0; i--) {
                byte[] item = chunk.get().items().get(i);
                if (EntryCodec.isListing(item)) {
                    return Optional.of(new StoredEntry(chunk.get().first() + i, EntryCodec.decode(item)));
                }
            }
            at = chunk.get().first() - 1;
        }
        return Optional.empty();
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
            List<byte[]> leaves = open.items().stream().map(Merkle::leaf).toList();
            byte[] previous = previous(db, log, open.first());
            return Optional.of(proof(new Shared(open, leaves, previous, Merkle.root(leaves), Optional.empty()), index, false));
        });
    }

    /** Items are asked for in order mostly, so that a block is looked at once. */
    private Shared shared(Sqlite db, Log log, BlockRow block) {
        Key key = new Key(log, block.first());
        Shared known = sealed.get(key);
        if (known == null) {
            Chunk chunk = logs.unpacked(db, log, block.first());
            known = new Shared(
                    chunk, chunk.items().stream().map(Merkle::leaf).toList(), previous(db, log, block.first()), block.root(),
                    dayPath(db, log, block));
            if (sealed.size() == BLOCKS_KEPT) {
                sealed.remove(sealed.keySet().iterator().next());
            }
            sealed.put(key, known);
        }
        return known;
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
                index, EntryCodec.covered(chunk.items().get(at)), chunk.first(), block.leaves().size(),
                Merkle.path(block.leaves(), at), block.previous(), block.root(), block.day(), isSealed);
    }

    private static Optional<InclusionProof.DayPath> dayPath(Sqlite db, Log log, BlockRow block) {
        return LogTables.dayOf(db, log, block.first()).map(d -> {
            List<byte[]> roots = new ArrayList<>();
            int at = -1;
            for (BlockRow b : LogTables.blocks(db, log, d.first(), d.blocks())) {
                if (b.first() == block.first()) {
                    at = roots.size();
                }
                roots.add(b.root());
            }
            return new InclusionProof.DayPath(
                    LocalDate.ofEpochDay(d.day()).toString(), at, roots.size(), Merkle.path(roots, at), d.root());
        });
    }
}
