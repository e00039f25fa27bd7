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
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    void readsListsOfTheOldLayout() {
        Entry.Resumed resumed = new Entry.Resumed(5, "1", contents);
        byte[] old = EntryCodec.encode(resumed);
        old[0] = '1';
        assertEquals(resumed, EntryCodec.decode(old));
        assertArrayEquals(old, EntryCodec.covered(old));
        assertThrows(In.Damaged.class, () -> EntryCodec.decode("2T5\n\n".getBytes(StandardCharsets.US_ASCII)));
    }
}
