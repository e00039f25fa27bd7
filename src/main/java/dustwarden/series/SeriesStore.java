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
 */
public final class SeriesStore implements View {
    public static final String FILE = "series.db";
    /** Raised with every change of a table or of what stands in one. */
    private static final long VERSION = 1;

    private final ViewDb db;
    private final ViewReaders readers;
    private final DeviceIds ids = new DeviceIds();
    private final ReadingRows readings = new ReadingRows(ids);
    private final MeanRows means = new MeanRows(ids);
    private final VerdictRows verdicts = new VerdictRows();
    private final AlarmRows alarms = new AlarmRows();
    private final DeviceRows devices = new DeviceRows(ids);
    private final PassageRows passages = new PassageRows();
    private final UnitRows units = new UnitRows();
    private volatile long now;
    private Cursor cursor;

    private SeriesStore(Path file, ViewDb db) {
        this.db = db;
        this.readers = new ViewReaders(file);
        this.cursor = db.transaction(this::load);
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
                + "content INTEGER, now INTEGER NOT NULL)");
        db.update("INSERT INTO meta VALUES(1, 0, 0, NULL, 0)");
        db.update("CREATE TABLE quarantine(entry INTEGER PRIMARY KEY, reason TEXT NOT NULL)");
        DeviceIds.create(db);
        ReadingRows.create(db);
        MeanRows.create(db);
        VerdictRows.create(db);
        AlarmRows.create(db);
        DeviceRows.create(db);
        PassageRows.create(db);
        UnitRows.create(db);
        db.update("PRAGMA user_version = " + VERSION);
    }

    private Cursor load() {
        ids.load(db);
        devices.load(db);
        now = db.first("SELECT now FROM meta", r -> r.number(0)).orElseThrow();
        return db.first(
                        "SELECT entry, decision, content FROM meta",
                        r -> new Cursor(r.number(0), r.number(1), r.maybeNumber(2)))
                .orElseThrow();
    }

    @Override
    public String name() {
        return "series";
    }

    @Override
    public Cursor cursor() {
        return cursor;
    }

    @Override
    public void apply(LogBatch batch) {
        write(batch, () -> {
            Map<Long, List<JsonNode>> said = decisions(batch);
            for (LogBatch.Step step : batch.steps()) {
                for (Taken taken : step.taken()) {
                    observation(step, taken, said.getOrDefault(step.entry().offset(), List.of()));
                }
            }
            devices.save(db, batch.received(), false);
        });
    }

    @Override
    public void quarantine(LogBatch batch, String reason) {
        write(batch, () -> db.update(
                "INSERT OR REPLACE INTO quarantine VALUES(?, ?)", batch.steps().get(0).entry().offset(), reason));
    }

    private void write(LogBatch batch, Runnable work) {
        boolean done = false;
        try {
            db.transaction(() -> {
                work.run();
                Cursor next = batch.next();
                db.update("UPDATE meta SET entry = ?, decision = ?, content = ?, now = ?",
                        next.entry(), next.decision(), next.content(), batch.received());
            });
            done = true;
            cursor = batch.next();
            now = batch.received();
        } catch (ViewDb.Failed e) {
            throw new Unavailable("series.db cannot be written: " + e.getMessage(), e);
        } finally {
            if (!done) {
                // What is in memory may be ahead of what was rolled back.
                db.transaction(this::load);
            }
        }
    }

    /** Takes in what was decided; answers what passages need to know of it, by entry. */
    private Map<Long, List<JsonNode>> decisions(LogBatch batch) {
        Map<Long, List<JsonNode>> said = new HashMap<>();
        for (LogBatch.Decided decided : batch.decisions()) {
            switch (decided.stored().type()) {
                case "verdict" -> verdicts.add(db, decided);
                case "alarm" -> {
                    alarms.add(db, decided);
                    said.computeIfAbsent(decided.stored().offset(), k -> new ArrayList<>()).add(decided.json());
                }
                case "mean" -> means.add(db, decided.json());
                case "rejection" -> devices.rejected(db, decided.json());
                case "finding" -> DeviceRows.found(db, decided.number(), decided.json());
                default -> {
                    // Notices have a ledger of their own.
                }
            }
        }
        return said;
    }

    private void observation(LogBatch.Step step, Taken taken, List<JsonNode> said) {
        Observation observation = taken.observation();
        if (observation instanceof Observation.Background background) {
            means.addBackground(db, background);
        }
        if (taken.device().isEmpty()) {
            return;
        }
        devices.hear(observation, step.received());
        if (observation instanceof Observation.Reading reading) {
            readings.add(db, reading, step.received());
        } else if (observation instanceof Observation.Passage) {
            passages.add(db, taken, step.content(), said);
        } else if (observation instanceof Observation.UnitReport report) {
            units.add(db, report, taken.site().orElseThrow().zone());
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

    Optional<DeviceNow> device(String site, String device) {
        return devices.known(site, device);
    }

    @Override
    public void close() {
        readers.close();
        try {
            db.transaction(() -> devices.save(db, now, true));
        } finally {
            db.close();
        }
    }
}
