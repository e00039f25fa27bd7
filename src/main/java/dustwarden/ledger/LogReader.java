package dustwarden.ledger;

import dustwarden.ledger.LogTables.BlockRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Reads items of both logs by index and keeps the last few unpacked blocks. */
final class LogReader {
    private static final int BLOCKS_KEPT = 8;
    private static final int ANSWER_BYTES = 1 << 20;

    private record Key(Log log, long first) {}

    private final Readers readers;
    private final Map<Key, Chunk> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Chunk> eldest) {
            return size() > BLOCKS_KEPT;
        }
    });

    LogReader(Readers readers) {
        this.readers = readers;
    }

    /** Items from an index on, at most {@code atMost} and about a MiB; one at least unless the log ends before. */
    Chunk from(Log log, long index, int atMost) {
        List<byte[]> items = new ArrayList<>();
        long bytes = 0;
        while (items.size() < atMost && bytes < ANSWER_BYTES) {
            Optional<Chunk> chunk = chunkOf(log, index + items.size());
            if (chunk.isEmpty()) {
                break;
            }
            int at = (int) (index + items.size() - chunk.get().first());
            List<byte[]> found = chunk.get().items();
            while (at < found.size() && items.size() < atMost && bytes < ANSWER_BYTES) {
                items.add(found.get(at));
                bytes += found.get(at++).length;
            }
        }
        return new Chunk(index, items);
    }

    /** The block or the open items that hold an index. */
    Optional<Chunk> chunkOf(Log log, long index) {
        if (index < 0) {
            return Optional.empty();
        }
        return readers.read(db -> {
            Optional<BlockRow> block = LogTables.blockOf(db, log, index);
            if (block.isPresent()) {
                return Optional.of(unpacked(db, log, block.get().first()));
            }
            Chunk open = LogTables.open(db, log, index);
            return index >= open.first() && index < open.next() ? Optional.of(open) : Optional.empty();
        });
    }

    /** A block, or the open items, with its items where any of them is wanted. */
    record Look(long first, long next, Optional<Chunk> chunk) {}

    /**
     * Looks at the block of entries, or the open ones, that hold an index.
     *
     * @param wanted asked about the first and the second line of each
     */
    Optional<Look> look(long index, BiPredicate<byte[], byte[]> wanted) {
        return readers.read(db -> {
            Optional<BlockRow> block = LogTables.blockOf(db, Log.ENTRY, index);
            if (block.isEmpty()) {
                Chunk open = LogTables.open(db, Log.ENTRY, index);
                return index >= open.first() && index < open.next()
                        ? Optional.of(new Look(open.first(), open.next(), Optional.of(open)))
                        : Optional.empty();
            }
            long first = block.get().first();
            Optional<Chunk> chunk = Optional.ofNullable(kept.get(new Key(Log.ENTRY, first)));
            Optional<byte[]> body = chunk.isPresent() ? Optional.empty() : LogTables.body(db, Log.ENTRY, first);
            if (body.isPresent()) {
                chunk = BlockCodec.decodeIf(body.get(), wanted)
                        .map(items -> new Chunk(first, items));
                chunk.ifPresent(c -> kept.put(new Key(Log.ENTRY, first), c));
            } else if (chunk.isEmpty()) {
                chunk = Optional.of(unpacked(db, Log.ENTRY, first));
            }
            return Optional.of(new Look(first, block.get().next(), chunk));
        });
    }

    Chunk unpacked(Sqlite db, Log log, long first) {
        Key key = new Key(log, first);
        Chunk known = kept.get(key);
        if (known != null) {
            return known;
        }
        Optional<byte[]> body = LogTables.body(db, log, first);
        if (body.isEmpty() && log == Log.ENTRY && LetGo.has(db, first)) {
            return new Chunk(first, LetGo.blanks(LogTables.blockOf(db, log, first).orElseThrow()));
        }
        Chunk chunk = new Chunk(
                first, BlockCodec.decode(body.orElseThrow(() -> new In.Damaged("the block at " + first + " has no body"))));
        kept.put(key, chunk);
        return chunk;
    }
}
