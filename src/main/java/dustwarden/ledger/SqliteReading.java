package dustwarden.ledger;

import dustwarden.ledger.LogTables.BlockRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/** Reads one {@code ledger.db}, beside its writer or without one. */
public final class SqliteReading implements LedgerReading {

    private final Readers readers;
    private final LogReader logs;

    SqliteReading(Readers readers) {
        this.readers = readers;
        this.logs = new LogReader(readers);
    }

    /**
     * Opens the ledger of a data directory for reading only.
     *
     * @throws LedgerRefused there is none
     */
    public static SqliteReading open(Path directory) {
        Path file = directory.resolve(SqliteLedger.FILE);
        if (!Files.isRegularFile(file)) {
            throw new LedgerRefused(
                    directory + " 中没有 " + SqliteLedger.FILE + "；请给出数据目录。",
                    "there is no " + SqliteLedger.FILE + " in " + directory + "; name a data directory");
        }
        return new SqliteReading(new Readers(file));
    }

    Readers readers() {
        return readers;
    }

    @Override
    public Position position() {
        return readers.read(LogTables::head).position();
    }

    @Override
    public List<StoredEntry> entries(long from, int atMost) {
        List<byte[]> items = logs.from(Log.ENTRY, from, atMost).items();
        List<StoredEntry> entries = new ArrayList<>(items.size());
        for (byte[] item : items) {
            entries.add(new StoredEntry(from + entries.size(), EntryCodec.decode(item)));
        }
        return entries;
    }

    @Override
    public Sifted sift(long from, long before, Sieve sieve) {
        BiPredicate<byte[], byte[]> wanted = (head, second) -> {
            char kind = EntryCodec.kind(head);
            return (kind == 'M' || kind == 'F') && sieve.wants(kind, EntryCodec.second(second));
        };
        Optional<LogReader.Look> look = from < before ? logs.look(from, wanted) : Optional.empty();
        if (look.isEmpty()) {
            return new Sifted(List.of(), before);
        }
        List<StoredEntry> entries = new ArrayList<>();
        long end = Math.min(before, look.get().next());
        if (look.get().chunk().isPresent()) {
            Chunk chunk = look.get().chunk().get();
            for (long offset = from; offset < end; offset++) {
                byte[] item = chunk.items().get((int) (offset - chunk.first()));
                if (wanted.test(item, EntryCodec.secondOf(item))) {
                    entries.add(new StoredEntry(offset, EntryCodec.decode(item)));
                }
            }
        }
        return new Sifted(entries, end);
    }

    @Override
    public Optional<StoredEntry> entry(long offset) {
        return entries(offset, 1).stream().findFirst();
    }

    @Override
    public long firstEntryAt(long received) {
        return firstMarked(Log.ENTRY, received);
    }

    @Override
    public List<StoredDecision> decisions(long from, int atMost) {
        List<byte[]> items = logs.from(Log.DECISION, from, atMost).items();
        List<StoredDecision> decisions = new ArrayList<>(items.size());
        for (byte[] item : items) {
            decisions.add(DecisionCodec.decode(from + decisions.size(), item));
        }
        return decisions;
    }

    @Override
    public long firstDecisionAt(long offset) {
        return firstMarked(Log.DECISION, offset);
    }

    private long firstMarked(Log log, long mark) {
        Chunk chunk = readers.read(db -> {
            Optional<BlockRow> block = LogTables.blockMarked(db, log, mark);
            return block.isPresent()
                    ? logs.unpacked(db, log, block.get().first())
                    : LogTables.open(db, log, LogTables.next(db, log));
        });
        for (int i = 0; i < chunk.items().size(); i++) {
            byte[] item = chunk.items().get(i);
            long found = log == Log.ENTRY ? EntryCodec.received(item) : DecisionCodec.decode(0, item).offset();
            if (found >= mark) {
                return chunk.first() + i;
            }
        }
        return chunk.next();
    }

    @Override
    public List<StoredDecision> newest(String site, String type, long before, int atMost) {
        List<StoredDecision> found = new ArrayList<>();
        Chunk open = readers.read(db -> LogTables.open(db, Log.DECISION, LogTables.next(db, Log.DECISION)));
        collect(found, open, site, type, before, atMost);
        String key = Bloom.key(site, type);
        long below = Math.min(before, open.first());
        while (found.size() < atMost) {
            long limit = below;
            OptionalLong block = readers.read(db -> LogTables.blockFound(db, limit, key));
            if (block.isEmpty()) {
                break;
            }
            below = block.getAsLong();
            logs.chunkOf(Log.DECISION, below).ifPresent(c -> collect(found, c, site, type, before, atMost));
        }
        return found;
    }

    private static void collect(
            List<StoredDecision> found, Chunk chunk, String site, String type, long before, int atMost) {
        for (int i = chunk.items().size() - 1; i >= 0 && found.size() < atMost; i--) {
            StoredDecision d = DecisionCodec.decode(chunk.first() + i, chunk.items().get(i));
            if (d.number() < before && d.type().equals(type) && d.site().equals(Optional.of(site))) {
                found.add(d);
            }
        }
    }

    /** Those that are not there yet. */
    List<Ledger.NewContent> lacking(List<Ledger.NewContent> contents) {
        return readers.read(db -> contents.stream().filter(c -> !Shelf.holds(db, c.ref())).toList());
    }

    @Override
    public Optional<byte[]> content(String sha256) {
        return readers.read(db -> Shelf.content(db, sha256)).map(Shelf.ContentRow::content);
    }

    @Override
    public Optional<SnapshotSet> snapshot(String coreVersion, long appliedAtMost) {
        return readers.read(db -> Snapshots.newest(db, coreVersion, appliedAtMost));
    }

    @Override
    public Optional<InclusionProof> proveEntry(long offset) {
        return proofs().entry(offset).filter(InclusionProof::sealed);
    }

    @Override
    public Optional<InclusionProof> proveDecision(long number) {
        return proofs().decision(number).filter(InclusionProof::sealed);
    }

    @Override
    public Proofs proofs() {
        return new Proofs(readers, logs);
    }

    @Override
    public void close() {
        readers.close();
    }
}
