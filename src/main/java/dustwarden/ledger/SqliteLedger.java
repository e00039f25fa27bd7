package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.ledger.LogHead.Growth;
import dustwarden.ledger.LogTables.BlockRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The ledger in one SQLite file, {@code ledger.db} of a data directory, of which this process is the only writer. */
public final class SqliteLedger implements Ledger {
    public static final String FILE = "ledger.db";
    private static final int LET_GO_BLOCKS = 50;
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private final Path file;
    private final DirectoryLock lock;
    private final Secrets secrets;
    private final Days days;
    private final SqliteReading reading;
    private final ReentrantLock writing = new ReentrantLock();
    // Empty after a failed commit, until the file can be opened again.
    private Optional<Sqlite> writer = Optional.empty();
    private LogHead entries = LogHead.empty();
    private LogHead decisions = LogHead.empty();
    private boolean closed;
    private volatile Position position = Position.start();

    private SqliteLedger(Path directory, DirectoryLock lock, ZoneId zone) {
        this.file = directory.resolve(FILE);
        this.lock = lock;
        this.secrets = new Secrets(directory);
        this.days = new Days(zone);
        this.reading = new SqliteReading(new Readers(file));
    }

    /**
     * Opens the ledger of a data directory, which is made where absent.
     *
     * @param clock refuses a journal that ends over 5 minutes ahead of it
     * @param zone of the days that get a root of their own
     * @throws LedgerRefused with a sentence for a person
     */
    public static SqliteLedger open(Path directory, InstantSource clock, ZoneId zone) {
        DirectoryLock lock = DirectoryLock.take(directory);
        SqliteLedger ledger = new SqliteLedger(directory, lock, zone);
        boolean open = false;
        try {
            ledger.load();
            refuseJournalAhead(ledger.position, clock.instant());
            open = true;
            return ledger;
        } finally {
            if (!open) {
                ledger.close();
            }
        }
    }

    private static void refuseJournalAhead(Position position, Instant now) {
        position.lastReceived().ifPresent(last -> {
            Instant end = Instant.ofEpochMilli(last);
            if (end.isAfter(now.plus(AHEAD_MAX))) {
                throw new LedgerRefused(
                        "日志的最后时间 " + end + " 比本机时钟 " + now + " 快了超过 5 分钟；请先校准本机时钟。",
                        "the journal ends at " + end + ", over 5 minutes ahead of this machine's clock " + now
                                + "; set the clock right first");
            }
        });
    }

    private void load() {
        try {
            Sqlite db = Sqlite.open(file, Sqlite.Mode.WRITE);
            writer = Optional.of(db);
            db.transaction(() -> {
                long version = LogTables.version(db);
                if (version > LogTables.VERSION) {
                    throw new LedgerRefused(
                            file + " 由更新版本的 dustwarden 写成（格式 " + version + "）；请使用该版本。",
                            file + " was written by a newer dustwarden (format " + version + "); use that version");
                }
                if (version == 0) {
                    LogTables.create(db);
                    Shelf.create(db);
                }
                LetGo.create(db);
                Listings.create(db);
                adopt(db, LogTables.head(db));
                return version;
            });
        } catch (In.Damaged | Sqlite.Failed e) {
            throw new LedgerRefused(
                    file + " 已损坏或无法读取：" + e.getMessage() + "；请运行 verify，并从备份恢复。",
                    file + " is damaged or cannot be read: " + e.getMessage() + "; run verify, and restore a backup",
                    e);
        }
    }

    private void adopt(Sqlite db, Head head) {
        LogHead storedEntries =
                LogTables.logHead(db, Log.ENTRY, head.entryDay(), head.position().lastReceived().orElse(0));
        LogHead storedDecisions = LogTables.logHead(db, Log.DECISION, head.decisionDay(), 0);
        if (!storedEntries.endsAs(head.position().nextOffset(), head.entries())
                || !storedDecisions.endsAs(head.position().nextDecision(), head.decisions())) {
            throw new In.Damaged("the logs do not end where the head says");
        }
        entries = storedEntries;
        decisions = storedDecisions;
        position = head.position();
    }

    @Override
    public Position position() {
        return position;
    }

    @Override
    public Position append(List<Entry> newEntries, List<StoredDecision> newDecisions, long applied) {
        writing.lock();
        try {
            AppendCheck.check(position, newEntries, newDecisions, applied);
            Growth moreEntries = entries.plus(entryItems(newEntries));
            Growth moreDecisions = decisions.plus(decisionItems(newDecisions));
            Position after = new Position(
                    moreEntries.head().next(),
                    moreDecisions.head().next(),
                    applied,
                    newEntries.isEmpty()
                            ? position.lastReceived()
                            : OptionalLong.of(newEntries.get(newEntries.size() - 1).received()));
            Head head = new Head(
                    after,
                    moreEntries.head().hash(),
                    moreDecisions.head().hash(),
                    moreEntries.head().day(),
                    moreDecisions.head().day());
            commit(moreEntries, moreDecisions, head);
            entries = moreEntries.head();
            decisions = moreDecisions.head();
            position = after;
            return after;
        } finally {
            writing.unlock();
        }
    }

    private void commit(Growth moreEntries, Growth moreDecisions, Head head) {
        List<byte[]> entryBodies = bodies(moreEntries);
        List<byte[]> decisionBodies = bodies(moreDecisions);
        write(
                db -> {
                    LogTables.write(db, Log.ENTRY, moreEntries, entryBodies);
                    LogTables.write(db, Log.DECISION, moreDecisions, decisionBodies);
                    LogTables.writeHead(db, head);
                },
                db -> LogTables.head(db).text().equals(head.text()));
    }

    private static List<byte[]> bodies(Growth growth) {
        return growth.blocks().stream().map(b -> BlockCodec.encode(b.items())).toList();
    }

    private List<Item> entryItems(List<Entry> newEntries) {
        List<Item> items = new ArrayList<>(newEntries.size());
        for (Entry e : newEntries) {
            items.add(new Item(EntryCodec.encode(e), e.received(), days.of(e.received())));
        }
        return items;
    }

    private List<Item> decisionItems(List<StoredDecision> newDecisions) {
        List<Item> items = new ArrayList<>(newDecisions.size());
        for (StoredDecision d : newDecisions) {
            items.add(new Item(DecisionCodec.encode(d), d.offset(), days.of(d.at())));
        }
        return items;
    }

    @Override
    public ContentRef putContent(String kind, String name, byte[] canonicalJson) {
        String sha256 = Shelf.hex(Merkle.sha256(canonicalJson));
        write(
                db -> Shelf.putContent(db, kind, name, sha256, canonicalJson),
                db -> Shelf.content(db, sha256).isPresent());
        return new ContentRef(kind, name, sha256);
    }

    @Override
    public void putContents(List<NewContent> contents) {
        List<NewContent> fresh = reading.lacking(contents);
        for (NewContent each : fresh) {
            if (!Shelf.hex(Merkle.sha256(each.canonicalJson())).equals(each.ref().sha256())) {
                throw new IllegalArgumentException("content " + each.ref() + " does not have that hash");
            }
        }
        if (!fresh.isEmpty()) {
            write(
                    db -> fresh.forEach(c ->
                            Shelf.putContent(db, c.ref().kind(), c.ref().name(), c.ref().sha256(), c.canonicalJson())),
                    db -> fresh.stream().allMatch(c -> Shelf.holds(db, c.ref())));
        }
    }

    @Override
    public void putSnapshot(SnapshotSet set) {
        // Packed before the lock: nothing can be appended while it is held.
        List<Shelf.StateRow> packed = Shelf.packed(set);
        write(
                db -> {
                    Shelf.putSet(db, set, packed);
                    Shelf.prune(db);
                },
                db -> false);
    }

    @Override
    public long letGo(long from, long to, Set<Long> needed) {
        long gone = 0;
        long at = from;
        while (at < to) {
            long first = at;
            List<BlockRow> blocks = reading.readers().read(db -> LogTables.blocks(db, Log.ENTRY, first, LET_GO_BLOCKS));
            if (blocks.isEmpty()) {
                break;
            }
            write(
                    db -> blocks.stream().filter(b -> b.next() <= to && !LetGo.has(db, b.first()))
                            .forEach(b -> LetGo.drop(db, b, needed, System.currentTimeMillis())),
                    db -> false);
            Set<Long> dropped = new HashSet<>(reading.readers().read(db -> db.query(
                    "SELECT first FROM entry_let_go WHERE first >= ?", r -> r.number(0), first)));
            gone += blocks.stream().filter(b -> dropped.contains(b.first())).mapToLong(BlockRow::size).sum();
            at = blocks.get(blocks.size() - 1).next();
        }
        return gone;
    }

    /**
     * Runs a transaction on the writing connection. A failure may leave it open whether the commit reached the disk, so the
     * file is opened anew and asked.
     */
    private void write(Consumer<Sqlite> work, Predicate<Sqlite> isStored) {
        writing.lock();
        try {
            Sqlite db = writer();
            db.transaction(() -> {
                work.accept(db);
                return true;
            });
        } catch (Sqlite.Failed e) {
            if (!storedAllTheSame(isStored)) {
                throw new LedgerUnwritable(
                        "ledger.db cannot be written: " + e.getMessage() + "; nothing is taken in until it can", e);
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean storedAllTheSame(Predicate<Sqlite> isStored) {
        try {
            dropWriter();
            Sqlite db = writer();
            return db.transaction(() -> isStored.test(db));
        } catch (Sqlite.Failed e) {
            return false;
        }
    }

    private Sqlite writer() {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
        Sqlite db = writer.orElseGet(() -> Sqlite.open(file, Sqlite.Mode.WRITE));
        writer = Optional.of(db);
        return db;
    }

    private void dropWriter() {
        Optional<Sqlite> dropped = writer;
        writer = Optional.empty();
        dropped.ifPresent(Sqlite::close);
    }

    /** For tests of a full disk: the file may have this many pages. */
    void limitPages(long pages) {
        write(db -> db.query("PRAGMA max_page_count = " + pages, r -> r.number(0)), db -> true);
    }

    @Override
    public byte[] secret(String name) {
        return secrets.secret(name);
    }

    @Override
    public List<StoredEntry> entries(long from, int atMost) {
        return reading.entries(from, atMost);
    }

    @Override
    public Sifted sift(long from, long before, Sieve sieve) {
        return reading.sift(from, before, sieve);
    }

    @Override
    public Optional<StoredEntry> entry(long offset) {
        return reading.entry(offset);
    }

    @Override
    public long firstEntryAt(long received) {
        return reading.firstEntryAt(received);
    }

    @Override
    public List<StoredDecision> decisions(long from, int atMost) {
        return reading.decisions(from, atMost);
    }

    @Override
    public long firstDecisionAt(long offset) {
        return reading.firstDecisionAt(offset);
    }

    @Override
    public List<StoredDecision> newest(String site, String type, long before, int atMost) {
        return reading.newest(site, type, before, atMost);
    }

    @Override
    public Optional<byte[]> content(String sha256) {
        return reading.content(sha256);
    }

    @Override
    public Optional<SnapshotSet> snapshot(String coreVersion, long appliedAtMost) {
        return reading.snapshot(coreVersion, appliedAtMost);
    }

    @Override
    public Optional<InclusionProof> proveEntry(long offset) {
        return reading.proveEntry(offset);
    }

    @Override
    public Optional<InclusionProof> proveDecision(long number) {
        return reading.proveDecision(number);
    }

    @Override
    public Proofs proofs() {
        return reading.proofs();
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            reading.close();
            dropWriter();
        } finally {
            lock.close();
            writing.unlock();
        }
    }
}
