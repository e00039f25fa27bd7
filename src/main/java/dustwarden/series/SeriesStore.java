package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Taken;
import dustwarden.core.model.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The embedded store of all that is shown, {@code series.db} of a data directory: readings, means, verdicts, alarms, devices.
 *
 * <p>It is made of the logs alone. Where the file is absent or of another version it is made anew.
 *
 * <p>What is decided is written with each batch. Readings, by far the most, wait in memory, where every question sees them,
 * and are written every few seconds in the order of the file, together with the cursor: a start takes in again what
 * waited, and of those entries leaves out what was written before.
 */
public final class SeriesStore implements View {
    public static final String FILE = "series.db";
    /** Raised with every change of a table or of what stands in one. */
    private static final long VERSION = 3;
    private static final long WRITE_EVERY_NANOS = 5_000_000_000L;
    private static final int UNWRITTEN_MAX = 40_000;

    private final ViewDb db;
    private final ViewReaders readers;
    private final DeviceIds ids = new DeviceIds();
    private final MeanRows means = new MeanRows(ids);
    private final VerdictRows verdicts = new VerdictRows();
    private final AlarmRows alarms = new AlarmRows();
    private final FilingRows filings = new FilingRows();
    private final DeviceRows devices = new DeviceRows(ids);
    private final PassageRows passages = new PassageRows();
    private final UnitRows units = new UnitRows();
    private volatile long now;
    private volatile Unwritten unwritten = new Unwritten();
    /** What is in memory and in the file together. */
    private Cursor taken;
    /** With this the readings and the states of devices in the file agree, where a start goes on. */
    private Cursor cursor;
    /** With this all else in the file agrees. */
    private Cursor decided;
    private long writtenNanos = System.nanoTime();

    private SeriesStore(Path file, ViewDb db) {
        this.db = db;
        this.readers = new ViewReaders(file);
        db.transaction(this::load);
    }

    /** Opens the store of a data directory. */
    public static SeriesStore open(Path directory) {
        Path file = directory.resolve(FILE);
        ViewDb db = ViewDb.open(file, ViewDb.Mode.WRITE);
        long version = version(db);
        if (version != 0 && version != VERSION) {
            db.close();
            delete(file);
            db = ViewDb.open(file, ViewDb.Mode.WRITE);
        }
        if (version != VERSION) {
            ViewDb fresh = db;
            db.transaction(() -> create(fresh));
        }
        return new SeriesStore(file, db);
    }

    private static long version(ViewDb db) {
        return db.transaction(() -> db.first("PRAGMA user_version", r -> r.number(0)).orElse(0L));
    }

    private static void delete(Path file) {
        try {
            for (String end : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file + " of another version", e);
        }
    }

    private static void create(ViewDb db) {
        db.update("CREATE TABLE meta(one INTEGER PRIMARY KEY, entry INTEGER NOT NULL, decision INTEGER NOT NULL, "
                + "content INTEGER, decided_entry INTEGER NOT NULL, decided_decision INTEGER NOT NULL, now INTEGER NOT NULL)");
        db.update("INSERT INTO meta VALUES(1, 0, 0, NULL, 0, 0, 0)");
        db.update("CREATE TABLE quarantine(entry INTEGER PRIMARY KEY, reason TEXT NOT NULL)");
        DeviceIds.create(db);
        ReadingRows.create(db);
        MeanRows.create(db);
        VerdictRows.create(db);
        AlarmRows.create(db);
        FilingRows.create(db);
        DeviceRows.create(db);
        PassageRows.create(db);
        UnitRows.create(db);
        db.update("PRAGMA user_version = " + VERSION);
    }

    private void load() {
        ids.load(db);
        devices.load(db);
        now = db.first("SELECT now FROM meta", r -> r.number(0)).orElseThrow();
        cursor = db.first("SELECT entry, decision, content FROM meta",
                        r -> new Cursor(r.number(0), r.number(1), r.maybeNumber(2)))
                .orElseThrow();
        decided = db.first("SELECT decided_entry, decided_decision FROM meta",
                        r -> new Cursor(r.number(0), r.number(1), OptionalLong.empty()))
                .orElseThrow();
        taken = cursor;
    }

    @Override
    public String name() {
        return "series";
    }

    @Override
    public Cursor cursor() {
        return taken;
    }

    @Override
    public void apply(LogBatch batch) {
        writeReadings(WRITE_EVERY_NANOS);
        decide(batch, () -> {
            Map<Long, List<JsonNode>> said = decisions(batch);
            for (LogBatch.Step step : batch.steps()) {
                for (Taken one : step.taken()) {
                    if (!one.tolerated().isEmpty() && step.entry().offset() >= decided.entry()) {
                        DeviceRows.tolerated(db, one);
                    }
                    if (one.observation() instanceof Observation.Reading reading && one.device().isPresent()) {
                        ids.of(db, reading.site(), reading.device());
                    } else if (step.entry().offset() >= decided.entry()) {
                        observation(step, one, said.getOrDefault(step.entry().offset(), List.of()));
                    }
                }
            }
        });
        remember(batch);
    }

    @Override
    public void quarantine(LogBatch batch, String reason) {
        decide(batch, () -> db.update(
                "INSERT OR REPLACE INTO quarantine VALUES(?, ?)", batch.steps().get(0).entry().offset(), reason));
        now = batch.received();
        taken = batch.next();
    }

    /** Writes what is decided up to the end of a batch, as far as it was not written before. */
    private void decide(LogBatch batch, Runnable work) {
        Cursor next = batch.next().entry() > decided.entry() ? batch.next() : decided;
        commit(() -> {
            work.run();
            db.update("UPDATE meta SET decided_entry = ?, decided_decision = ?, now = max(now, ?)",
                    next.entry(), next.decision(), batch.received());
        });
        decided = next;
    }

    private void commit(Runnable work) {
        boolean done = false;
        try {
            db.transaction(work);
            done = true;
        } catch (ViewDb.Failed e) {
            throw new Unavailable("series.db cannot be written: " + e.getMessage(), e);
        } finally {
            if (!done) {
                // It may know numbers that were rolled back.
                db.transaction(() -> ids.load(db));
            }
        }
    }

    /** Nothing here can fail, so that a batch is taken in as a whole. */
    private void remember(LogBatch batch) {
        for (LogBatch.Decided one : batch.decisions()) {
            if (one.is("rejection")) {
                devices.timeRefused(one.json());
            }
        }
        for (LogBatch.Step step : batch.steps()) {
            for (Taken one : step.taken()) {
                if (one.device().isPresent()) {
                    devices.hear(one.observation(), step.received());
                    if (one.observation() instanceof Observation.Reading reading) {
                        unwritten.add(ids.known(reading.site(), reading.device()), reading, step.received());
                    }
                }
            }
        }
        now = Math.max(now, batch.received());
        taken = batch.next();
    }

    /** Writes what waits, where the last time was so long ago or much waits. */
    void writeReadings(long everyNanos) {
        boolean due = System.nanoTime() - writtenNanos >= everyNanos || unwritten.count() >= UNWRITTEN_MAX;
        if (!due || taken.equals(cursor)) {
            return;
        }
        Cursor to = taken;
        commit(() -> {
            ReadingRows.write(db, unwritten);
            devices.save(db);
            db.update("UPDATE meta SET entry = ?, decision = ?, content = ?", to.entry(), to.decision(), to.content());
        });
        devices.saved();
        cursor = to;
        // Whoever looked before the commit keeps the old one and finds the rows there.
        unwritten = new Unwritten();
        writtenNanos = System.nanoTime();
    }

    /** Takes in what was decided; answers what passages need to know of it, by entry. */
    private Map<Long, List<JsonNode>> decisions(LogBatch batch) {
        Map<Long, List<JsonNode>> said = new HashMap<>();
        for (LogBatch.Decided one : batch.decisions()) {
            if (one.number() < decided.decision()) {
                continue;
            }
            switch (one.stored().type()) {
                case "verdict" -> verdicts.add(db, one);
                case "alarm" -> {
                    alarms.add(db, one);
                    said.computeIfAbsent(one.stored().offset(), k -> new ArrayList<>()).add(one.json());
                }
                case "filing" -> filings.add(db, one);
                case "mean" -> means.add(db, one.json());
                case "rejection" -> DeviceRows.rejected(db, one.json());
                case "finding" -> DeviceRows.found(db, one.number(), one.json());
                default -> {
                    // Notices have a ledger of their own.
                }
            }
        }
        return said;
    }

    private void observation(LogBatch.Step step, Taken one, List<JsonNode> said) {
        Observation observation = one.observation();
        if (observation instanceof Observation.Background background) {
            means.addBackground(db, background);
        } else if (one.device().isEmpty()) {
            return;
        } else if (observation instanceof Observation.Passage) {
            passages.add(db, one, step.content(), said);
        } else if (observation instanceof Observation.UnitReport report) {
            units.add(db, report, one.site().orElseThrow().zone());
        }
    }

    /** Received time of the newest entry in the store, epoch ms; 0 before the first. */
    public long now() {
        return now;
    }

    /** The entry that each quarantined row came from, with the reason. */
    public Map<Long, String> quarantined() {
        Map<Long, String> found = new HashMap<>();
        read(reader -> reader.query("SELECT entry, reason FROM quarantine", r -> found.put(r.number(0), r.text(1))));
        return found;
    }

    <T> T read(Function<ViewDb, T> work) {
        return readers.read(work);
    }

    /** A read that sees the readings which are not in the file yet. */
    <T> T readReadings(Function<StoredReadings, T> work) {
        // Taken before the file is looked at: what is written meanwhile is then seen twice, never missed.
        Unwritten waiting = unwritten;
        return readers.read(db -> work.apply(new StoredReadings(db, waiting)));
    }

    /** When a device was last heard, epoch ms; empty if never. */
    public OptionalLong lastHeard(String site, String device) {
        return device(site, device).flatMap(DeviceNow::heard).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    Optional<DeviceNow> device(String site, String device) {
        return devices.known(site, device);
    }

    @Override
    public void close() {
        readers.close();
        try {
            writeReadings(0);
        } finally {
            db.close();
        }
    }
}
