package dustwarden.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsTest {
    @TempDir
    Path directory;

    private final List<ContentRef> contents = new ArrayList<>();
    private List<Entry> entries;

    @BeforeEach
    void fillALedger() {
        try (SqliteLedger ledger = SqliteLedger.open(directory, LedgerTest.CLOCK, LedgerTest.ZONE)) {
            for (String site : List.of("a", "b", "c", "d\td", "e")) {
                contents.add(ledger.putContent("site", site, site.getBytes(StandardCharsets.UTF_8)));
            }
            entries = new ArrayList<>();
            Readings readings = new Readings(9);
            entries.add(new Entry.Resumed(readings.next().received(), "1", contents));
            entries.addAll(readings.next(600));
            entries.add(new Entry.Changed(entries.get(600).received() + 86_400_000, contents.subList(0, 2)));
            entries.add(new Entry.Changed(entries.get(601).received(), List.of()));
            LedgerTest.fill(ledger, entries, new Random(4), 90);
            long next = ledger.position().nextDecision();
            byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
            ledger.append(
                    List.of(),
                    List.of(new StoredDecision(next, 602, entries.get(602).received(), "verdict", Optional.of("a"), json)),
                    603);
        }
    }

    @Test
    void provesOneContentWithoutNamingTheOthers() {
        try (SqliteReading reading = SqliteReading.open(directory)) {
            StoredEntry start = reading.proofs().listing(500).orElseThrow();
            assertEquals(0, start.offset());
            InclusionProof proof = reading.proofs().entry(0).orElseThrow();
            assertTrue(proof.holds() && proof.sealed() && proof.dayPath().isPresent());
            String shown = new String(proof.canonical(), StandardCharsets.UTF_8);
            assertFalse(shown.contains("site"), shown);
            for (ContentRef ref : contents) {
                ContentProof listed = reading.proofs().content(start, ref).orElseThrow();
                assertTrue(listed.holds(proof.canonical()), ref.name());
                ContentRef other = new ContentRef(ref.kind(), ref.name(), "0".repeat(64));
                assertFalse(new ContentProof(other, listed.index(), listed.size(), listed.path()).holds(proof.canonical()));
            }
            StoredEntry change = reading.proofs().listing(601).orElseThrow();
            assertEquals(601, change.offset());
            assertTrue(reading.proofs().content(change, contents.get(4)).isEmpty());
        }
    }

    @Test
    void provesWhatIsNotSealedYetAndSaysSo() {
        try (SqliteReading reading = SqliteReading.open(directory)) {
            InclusionProof open = reading.proofs().entry(602).orElseThrow();
            assertTrue(open.holds());
            assertFalse(open.sealed());
            assertTrue(reading.proofs().entry(603).isEmpty());
            assertTrue(reading.proofs().decision(100_000).isEmpty());
        }
    }

    @Test
    void oneHashPinsAClosedDay() {
        try (SqliteReading reading = SqliteReading.open(directory)) {
            List<DayRoot> days = reading.proofs().days();
            assertFalse(days.isEmpty());
            DayRoot day = days.get(0);
            InclusionProof.DayPath path = reading.proofs().entry(17).orElseThrow().dayPath().orElseThrow();
            assertEquals(day.date().toString(), path.day());
            assertArrayEquals(day.entries().root(), path.root());
            assertEquals(day.hash(), DayRoot.parse(day.text()).hash());
            assertThrows(IllegalArgumentException.class, () -> DayRoot.parse(day.text() + " "));
            assertThrows(IllegalArgumentException.class, () -> DayRoot.parse(day.text().replace("entries", "entry")));
        }
    }

    @Test
    void findsTheNewestListThroughItsIndexAndWithoutOne() {
        long[] asked = {0, 1, 511, 512, 600, 601, 602};
        long[] wanted = {0, 0, 0, 0, 0, 601, 602};
        assertListings(asked, wanted);
        change(db -> db.update("UPDATE entry_listing SET listing = 3 WHERE first = 0"));
        assertEquals("entry_listing", Verifier.verify(directory).damage().orElseThrow().table());
        assertListings(asked, wanted);
        change(db -> db.update("DELETE FROM entry_listing"));
        assertTrue(Verifier.verify(directory).sound());
        assertListings(asked, wanted);
        change(db -> db.update("DROP TABLE entry_listing"));
        assertTrue(Verifier.verify(directory).sound());
        assertListings(asked, wanted);
        try (SqliteLedger ledger = SqliteLedger.open(directory, LedgerTest.CLOCK, LedgerTest.ZONE)) {
            long received = ledger.position().lastReceived().orElseThrow();
            List<Entry> more = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                more.add(i == 700 ? new Entry.Resumed(received, "2", contents) : new Entry.Tick(received));
            }
            ledger.append(more, List.of(), ledger.position().applied());
        }
        assertTrue(Verifier.verify(directory).sound());
        assertListings(new long[] {602, 1200, 1302, 1303, 1600, 2602}, new long[] {602, 602, 602, 1303, 1303, 1303});
        change(db -> assertTrue(Listings.rows(db) >= 2, "blocks after a list tell where it is"));
    }

    private void assertListings(long[] asked, long[] wanted) {
        try (SqliteReading reading = SqliteReading.open(directory)) {
            for (int i = 0; i < asked.length; i++) {
                assertEquals(wanted[i], reading.proofs().listing(asked[i]).orElseThrow().offset(), "asked for " + asked[i]);
            }
        }
    }

    private void change(Consumer<Sqlite> work) {
        try (Sqlite db = Sqlite.open(directory.resolve(SqliteLedger.FILE), Sqlite.Mode.WRITE)) {
            db.transaction(() -> {
                work.accept(db);
                return true;
            });
        }
    }

    @Test
    void aSieveLeavesWhatAFullReadWould() {
        Set<String> sites = new HashSet<>();
        for (Entry entry : List.of(entries.get(1), entries.get(300), entries.get(530))) {
            sites.add(((Entry.Message) entry).topic().split("/")[2]);
        }
        LedgerReading.Sieve sieve = (kind, second) -> kind == 'M' && sites.stream().anyMatch(s -> second.contains("/" + s + "/"));
        try (SqliteReading reading = SqliteReading.open(directory)) {
            for (long[] range : new long[][] {{0, 603}, {5, 9}, {100, 560}, {511, 513}, {602, 603}, {590, 5000}, {7, 7}}) {
                List<StoredEntry> kept = new ArrayList<>();
                long at = range[0];
                while (at < range[1]) {
                    LedgerReading.Sifted next = reading.sift(at, range[1], sieve);
                    assertTrue(next.next() > at, "goes on");
                    kept.addAll(next.entries());
                    at = next.next();
                }
                List<StoredEntry> all = new ArrayList<>();
                for (long offset = range[0]; offset < Math.min(603, range[1]); offset++) {
                    StoredEntry entry = reading.entry(offset).orElseThrow();
                    if (entry.entry() instanceof Entry.Message m && sieve.wants('M', m.topic())) {
                        all.add(entry);
                    }
                }
                assertEquals(all.stream().map(ProofsTest::shown).toList(), kept.stream().map(ProofsTest::shown).toList());
            }
            assertEquals(List.of(), reading.sift(0, 603, (kind, second) -> false).entries());
        }
    }

    private static String shown(StoredEntry entry) {
        return entry.offset() + " " + Shelf.hex(EntryCodec.encode(entry.entry()));
    }

    @Test
    void aWayThatWasKeptIsTheOneThatIsAskedForLater() {
        try (SqliteReading reading = SqliteReading.open(directory)) {
            Proofs keeping = reading.proofs();
            for (long offset = 0; offset < 603; offset += 40) {
                keeping.keep(offset);
                InclusionProof kept = keeping.entry(offset).orElseThrow();
                InclusionProof fresh = reading.proofs().entry(offset).orElseThrow();
                assertTrue(kept.holds());
                assertEquals(fresh.index(), kept.index());
                assertEquals(fresh.path().stream().map(Shelf::hex).toList(), kept.path().stream().map(Shelf::hex).toList());
            }
            keeping.keep(602);
            assertFalse(keeping.entry(602).orElseThrow().sealed());
            keeping.keep(100_000);
            assertTrue(keeping.entry(100_000).isEmpty());
        }
    }

    @Test
    void readsListsOfTheOldLayout() {
        Entry.Resumed resumed = new Entry.Resumed(5, "1", contents);
        byte[] old = EntryCodec.encode(resumed);
        old[0] = '1';
        assertEquals(resumed, EntryCodec.decode(old));
        assertArrayEquals(old, EntryCodec.covered(old));
        assertThrows(In.Damaged.class, () -> EntryCodec.decode("2T5\n\n".getBytes(StandardCharsets.US_ASCII)));
    }
}
