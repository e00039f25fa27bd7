package dustwarden.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
    @TempDir
    Path directory;

    private Path good;
    private List<Entry> entries;
    private List<StoredDecision> decisions;

    @BeforeEach
    void fillALedger() {
        good = directory.resolve("good");
        try (SqliteLedger ledger = SqliteLedger.open(good, LedgerTest.CLOCK, LedgerTest.ZONE)) {
            ContentRef site = ledger.putContent("site", "a", "{\"site\":\"a\",\"area\":120}".getBytes(StandardCharsets.UTF_8));
            entries = new ArrayList<>();
            Readings readings = new Readings(9);
            entries.add(new Entry.Resumed(readings.next().received(), "1", List.of(site)));
            entries.addAll(readings.next(1100));
            entries.add(new Entry.Tick(entries.get(1100).received() + 86_400_000));
            entries.add(new Entry.Link(entries.get(1101).received(), "mqtt", false));
            decisions = LedgerTest.fill(ledger, entries, new Random(4), 90);
            ledger.putSnapshot(new SnapshotSet(600, 1, "1", true, Map.of("a", new byte[] {1, 2}, "b", new byte[50])));
            ledger.putSnapshot(new SnapshotSet(700, 1, "1", false, Map.of("a", new byte[] {3})));
        }
    }

    @Test
    void findsAWholeLedgerSound() {
        Verifier.Outcome outcome = Verifier.verify(good);
        assertTrue(outcome.sound(), outcome.toString());
        assertEquals(1103, outcome.entries());
        assertEquals(decisions.size(), outcome.decisions());
        assertEquals(1, outcome.contents());
        assertEquals(2, outcome.snapshots());
    }

    @Test
    void saysWhereThereIsNoLedger() {
        LedgerRefused refused = assertThrows(LedgerRefused.class, () -> Verifier.verify(directory));
        assertTrue(refused.getMessage().contains("there is no ledger.db"), refused.getMessage());
    }

    @Test
    void findsAnyFlippedBitOfAnyStoredValue() throws IOException {
        Map<String, List<String>> columns = new HashMap<>(Map.of(
                "entry_block", List.of("first", "size", "mark", "root", "chain"),
                "entry_body", List.of("first", "body"),
                "entry_tail", List.of("first", "size", "hash", "body"),
                "entry_day", List.of("day", "first", "next", "blocks", "root", "hash"),
                "decision_block", List.of("first", "size", "mark", "root", "chain"),
                "decision_body", List.of("first", "body"),
                "decision_tail", List.of("first", "size", "hash", "body"),
                "content", List.of("kind", "name", "sha256", "body"),
                "snapshot", List.of("applied", "site", "hash", "body"),
                "snapshot_set", List.of("applied", "at", "core", "whole", "hash")));
        columns.put("entry_listing", List.of("listing"));
        Random random = new Random(11);
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            for (String column : table.getValue()) {
                for (int i = 0; i < (column.equals("body") ? 25 : 4); i++) {
                    Path copy = copy(directory.resolve(table.getKey() + column + i));
                    String flipped = flip(copy, table.getKey(), column, random);
                    Verifier.Outcome outcome = Verifier.verify(copy);
                    assertFalse(outcome.sound(), () -> table.getKey() + "." + column + " " + flipped);
                }
            }
        }
    }

    private Path copy(Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(good.resolve("ledger.db"), to.resolve("ledger.db"), StandardCopyOption.REPLACE_EXISTING);
        return to;
    }

    private static String flip(Path copy, String table, String column, Random random) {
        try (Sqlite db = Sqlite.open(copy.resolve("ledger.db"), Sqlite.Mode.WRITE)) {
            return db.transaction(() -> {
                List<Long> ids = db.query("SELECT rowid FROM " + table, r -> r.number(0));
                long id = ids.get(random.nextInt(ids.size()));
                String type = db.first("SELECT typeof(" + column + ") FROM " + table + " WHERE rowid = ?", r -> r.text(0), id)
                        .orElseThrow();
                String where = "UPDATE OR REPLACE " + table + " SET " + column + " = ? WHERE rowid = ?";
                if (type.equals("integer")) {
                    long value = db.first("SELECT " + column + " FROM " + table + " WHERE rowid = ?", r -> r.number(0), id)
                            .orElseThrow();
                    long other = value ^ 1L << random.nextInt(40);
                    db.update(where, other, id);
                    return value + " to " + other;
                }
                byte[] value = db.first("SELECT CAST(" + column + " AS BLOB) FROM " + table + " WHERE rowid = ?", r -> r.bytes(0), id)
                        .orElseThrow();
                int bit = random.nextInt(value.length * 8);
                value[bit / 8] ^= (byte) (1 << bit % 8);
                if (type.equals("text")) {
                    db.update(where, new String(value, StandardCharsets.ISO_8859_1), id);
                } else {
                    db.update(where, value, id);
                }
                return "row " + id + " bit " + bit;
            });
        }
    }

    @Test
    void namesTheFirstWrongOffset() throws IOException {
        Path copy = copy(directory.resolve("copy"));
        try (Sqlite db = Sqlite.open(copy.resolve("ledger.db"), Sqlite.Mode.WRITE)) {
            db.transaction(() -> {
                byte[] body = db.first("SELECT body FROM entry_body WHERE first = 512", r -> r.bytes(0)).orElseThrow();
                body[100] ^= 1;
                db.update("UPDATE entry_body SET body = ? WHERE first = 512", body);
                return 0;
            });
        }
        Verifier.Damage damage = Verifier.verify(copy).damage().orElseThrow();
        assertEquals("entry_body", damage.table());
        assertEquals("512", damage.key());
    }

    @Test
    void findsBitsFlippedInTheFileUnderAStoredEntryOrDecision() throws Exception {
        String file = HexFormat.of().formatHex(Files.readAllBytes(good.resolve("ledger.db")));
        List<String> pieces = storedPieces();
        Random random = new Random(3);
        for (int i = 0; i < 120; i++) {
            String piece = pieces.get(random.nextInt(pieces.size()));
            byte[] flipped = HexFormat.of().parseHex(piece);
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            Path copy = Files.createDirectories(directory.resolve("raw" + i));
            // Parts of pages that are free now may hold an old copy, hence all of them.
            String damaged = file.replace(piece, HexFormat.of().formatHex(flipped));
            Files.write(copy.resolve("ledger.db"), HexFormat.of().parseHex(damaged));
            assertFalse(Verifier.verify(copy).sound(), piece);
        }
    }

    /** A content stands in its table and in an index, by which alone readers find it. */
    @Test
    void findsABitFlippedInAnIndex() throws IOException {
        byte[] file = Files.readAllBytes(good.resolve("ledger.db"));
        byte[] sha = contentSha().getBytes(StandardCharsets.US_ASCII);
        int places = 0;
        for (int at = 0; at <= file.length - sha.length; at++) {
            if (java.util.Arrays.equals(file, at, at + sha.length, sha, 0, sha.length)) {
                byte[] flipped = file.clone();
                flipped[at + 5] ^= 1;
                Path copy = Files.createDirectories(directory.resolve("index" + places++));
                Files.write(copy.resolve("ledger.db"), flipped);
                assertFalse(Verifier.verify(copy).sound(), "at " + at);
            }
        }
        assertTrue(places >= 2, "the content lies at " + places + " places");
    }

    private String contentSha() {
        try (Sqlite db = Sqlite.open(good.resolve("ledger.db"), Sqlite.Mode.READ)) {
            return db.transaction(() -> db.first("SELECT sha256 FROM content", r -> r.text(0)).orElseThrow());
        }
    }

    /** The first bytes of each stored body in hex, short enough to lie on one page. */
    private List<String> storedPieces() {
        List<String> pieces = new ArrayList<>();
        try (Sqlite db = Sqlite.open(good.resolve("ledger.db"), Sqlite.Mode.READ)) {
            db.transaction(() -> {
                for (String table : List.of("entry_body", "entry_tail", "decision_body", "decision_tail")) {
                    for (byte[] body : db.query("SELECT body FROM " + table, r -> r.bytes(0))) {
                        pieces.add(HexFormat.of().formatHex(body, 0, Math.min(body.length, 100)));
                    }
                }
                return 0;
            });
        }
        return pieces;
    }

    @Test
    void aBitFlippedAnywhereInTheFileIsFoundOrBearsOnNothing() throws IOException {
        byte[] file = Files.readAllBytes(good.resolve("ledger.db"));
        String whole = everything(good);
        Random random = new Random(21);
        int found = 0;
        for (int i = 0; i < 200; i++) {
            Path copy = Files.createDirectories(directory.resolve("any" + i));
            byte[] flipped = file.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(copy.resolve("ledger.db"), flipped);
            Verifier.Outcome outcome = Verifier.verify(copy);
            if (outcome.sound()) {
                assertEquals(whole, everything(copy), "byte " + at + " of " + flipped.length);
            } else {
                assertFalse(outcome.damage().orElseThrow().sentence().isBlank());
                found++;
            }
        }
        assertTrue(found > 5, found + " of 200");
    }

    /** All that can change a verdict, in one hash. */
    private static String everything(Path data) {
        try (SqliteReading reading = SqliteReading.open(data)) {
            return reading.readers().read(db -> {
                Out all = new Out(1 << 16);
                for (Log log : Log.values()) {
                    LogTables.blocks(db, log, 0, 1000).forEach(b -> BlockCodec.decode(
                            LogTables.body(db, log, b.first()).orElseThrow()).forEach(all::put));
                    LogTables.open(db, log, 0).items().forEach(all::put);
                }
                Shelf.contents(db, 0, 100).forEach(c -> all.put(c.content()));
                Shelf.sets(db).forEach(set -> Snapshots.states(db, set).values().forEach(all::put));
                return Shelf.hex(Merkle.sha256(all.toBytes()));
            });
        }
    }

    @Test
    void aFileCutOffOrWithoutATableIsNamed() throws IOException {
        byte[] file = Files.readAllBytes(good.resolve("ledger.db"));
        for (int part = 1; part < 5; part++) {
            Path cut = Files.createDirectories(directory.resolve("cut" + part));
            Files.write(cut.resolve("ledger.db"), java.util.Arrays.copyOf(file, file.length * part / 5));
            assertFalse(Verifier.verify(cut).sound(), part + " fifths");
        }
        for (String table : List.of("entry_body", "decision_day", "decision_found", "content", "snapshot_set", "head")) {
            Path copy = copy(directory.resolve("without-" + table));
            try (Sqlite db = Sqlite.open(copy.resolve("ledger.db"), Sqlite.Mode.WRITE)) {
                db.transaction(() -> {
                    db.update("DROP TABLE " + table);
                    return 0;
                });
            }
            Verifier.Damage damage = Verifier.verify(copy).damage().orElseThrow();
            assertTrue(damage.sentence().contains(table), damage.sentence());
        }
    }

    /** SQLite reads the log up to the first frame that does not fit, and says nothing of what lies behind it. */
    @Test
    void aBitFlippedInTheLogIsFoundOrBearsOnNothing() throws IOException {
        Path left = Files.createDirectories(directory.resolve("log"));
        try (SqliteLedger ledger = SqliteLedger.open(copy(directory.resolve("writing")), LedgerTest.CLOCK, LedgerTest.ZONE)) {
            long last = ledger.position().lastReceived().orElseThrow();
            for (int i = 0; i < 6; i++) {
                ledger.append(List.of(new Entry.Tick(last)), List.of(), ledger.position().applied());
            }
            for (String name : List.of("ledger.db", "ledger.db-wal")) {
                Files.copy(directory.resolve("writing").resolve(name), left.resolve(name));
            }
        }
        byte[] log = Files.readAllBytes(left.resolve("ledger.db-wal"));
        assertTrue(Verifier.verify(left).sound());
        assertEquals(1109, Verifier.verify(left).entries());
        Random random = new Random(8);
        int found = 0;
        for (int i = 0; i < 60; i++) {
            Path copy = Files.createDirectories(directory.resolve("log" + i));
            Files.copy(good.resolve("ledger.db"), copy.resolve("ledger.db"));
            byte[] flipped = log.clone();
            flipped[random.nextInt(log.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(copy.resolve("ledger.db-wal"), flipped);
            Verifier.Outcome outcome = Verifier.verify(copy);
            if (outcome.sound()) {
                assertEquals(1109, outcome.entries(), "entries are gone without a word");
            } else {
                found++;
            }
        }
        assertTrue(found > 5, found + " of 60");
    }

    @Test
    void readsWhatACrashLeftInTheLog() throws IOException {
        Path left = Files.createDirectories(directory.resolve("left"));
        try (SqliteLedger ledger = SqliteLedger.open(copy(directory.resolve("written")), LedgerTest.CLOCK, LedgerTest.ZONE)) {
            long last = ledger.position().lastReceived().orElseThrow();
            ledger.append(List.of(new Entry.Tick(last)), List.of(), ledger.position().applied());
            for (String name : List.of("ledger.db", "ledger.db-wal")) {
                Files.copy(directory.resolve("written").resolve(name), left.resolve(name));
            }
        }
        Verifier.Outcome outcome = Verifier.verify(left);
        assertTrue(outcome.sound(), outcome.toString());
        assertEquals(1104, outcome.entries());
    }
}
