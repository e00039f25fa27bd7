package dustwarden.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_800_000_000_000L));

    @TempDir
    Path directory;

    static List<StoredDecision> decisionsOf(List<Entry> entries, long firstOffset, long firstNumber) {
        List<StoredDecision> decisions = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            long offset = firstOffset + i;
            if (offset % 3 == 0) {
                String site = "site-" + offset % 7;
                String type = offset % 2 == 0 ? "verdict" : "alarm";
                String json = "{\"type\":\"" + type + "\",\"site\":\"" + site + "\",\"offset\":" + offset + ",\"low\":0.5}";
                decisions.add(new StoredDecision(
                        firstNumber + decisions.size(),
                        offset,
                        entries.get(i).received(),
                        type,
                        Optional.of(site),
                        json.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return decisions;
    }

    /** Appends in batches of random size, decisions one batch behind, and returns the decisions. */
    static List<StoredDecision> fill(Ledger ledger, List<Entry> entries, Random random, int batchMax) {
        List<StoredDecision> all = new ArrayList<>();
        List<StoredDecision> pending = List.of();
        int at = 0;
        while (at < entries.size()) {
            List<Entry> batch = entries.subList(at, Math.min(entries.size(), at + 1 + random.nextInt(batchMax)));
            ledger.append(batch, pending, at);
            pending = decisionsOf(batch, at, all.size());
            all.addAll(pending);
            at += batch.size();
        }
        ledger.append(List.of(), pending, at);
        return all;
    }

    @Test
    void givesBackWhatWasAppendedBeforeAndAfterReopening() {
        List<Entry> entries = new Readings(3).next(3000);
        List<StoredDecision> decisions;
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            decisions = fill(ledger, entries, new Random(1), 400);
            assertStored(ledger, entries, decisions);
        }
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            assertStored(ledger, entries, decisions);
            ledger.append(entries.subList(2999, 3000), List.of(), 3001);
            assertEquals(3001, ledger.position().nextOffset());
        }
        try (LedgerReading ledger = SqliteReading.open(directory)) {
            assertEquals(entries.get(2999), ledger.entry(3000).orElseThrow().entry());
        }
    }

    private static void assertStored(LedgerReading ledger, List<Entry> entries, List<StoredDecision> decisions) {
        List<Entry> read = new ArrayList<>();
        for (List<StoredEntry> page = ledger.entries(0, 700); !page.isEmpty(); page = ledger.entries(read.size(), 700)) {
            page.forEach(e -> read.add(e.entry()));
        }
        assertEquals(entries, read);
        assertEquals(decisions, ledger.decisions(0, Integer.MAX_VALUE));
        for (long offset : new long[] {0, 1, 511, 512, 2047, 2048, 2999}) {
            assertEquals(entries.get((int) offset), ledger.entry(offset).orElseThrow().entry());
        }
        assertTrue(ledger.entry(entries.size()).isEmpty());
        assertTrue(ledger.entry(-1).isEmpty());
        assertEquals(334, ledger.firstDecisionAt(1000));
        assertEquals(decisions.size(), ledger.firstDecisionAt(3000));
        long received = entries.get(1500).received();
        long first = ledger.firstEntryAt(received);
        assertTrue(first <= 1500 && entries.get((int) first).received() == received);
        assertTrue(entries.get((int) first - 1).received() < received);
        List<StoredDecision> newest = ledger.newest("site-3", "alarm", Long.MAX_VALUE, 5);
        List<StoredDecision> wanted = new ArrayList<>(decisions.stream()
                .filter(d -> d.site().equals(Optional.of("site-3")) && d.type().equals("alarm"))
                .toList());
        java.util.Collections.reverse(wanted);
        assertEquals(wanted.subList(0, 5), newest);
        assertEquals(wanted, ledger.newest("site-3", "alarm", Long.MAX_VALUE, 1_000_000));
        assertEquals(
                wanted.subList(5, 8), ledger.newest("site-3", "alarm", newest.get(4).number(), 3));
        assertTrue(ledger.newest("site-9", "alarm", Long.MAX_VALUE, 5).isEmpty());
    }

    @Test
    void cutsBlocksAlikeHoweverEntriesCameInBatches() {
        List<Entry> entries = new ArrayList<>(new Readings(3).next(2500));
        entries.add(new Entry.Tick(entries.get(2499).received() + 86_400_000));
        List<byte[]> heads = new ArrayList<>();
        for (int batchMax : new int[] {1, 40, 2500}) {
            Path own = directory.resolve("b" + batchMax);
            try (SqliteLedger ledger = SqliteLedger.open(own, CLOCK, ZONE)) {
                fill(ledger, entries, new Random(2), batchMax);
                heads.add(ledger.proveEntry(2048).orElseThrow().root());
                heads.add(ledger.proveEntry(2048).orElseThrow().dayPath().orElseThrow().root());
                heads.add(ledger.proveDecision(500).orElseThrow().previousChain());
            }
        }
        for (int i = 3; i < heads.size(); i++) {
            assertArrayEquals(heads.get(i % 3), heads.get(i));
        }
    }

    @Test
    void provesSingleEntriesAndRefusesForeignOnes() {
        List<Entry> entries = new Readings(5).next(1500);
        try (SqliteLedger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            fill(ledger, entries, new Random(1), 300);
            for (long offset = 0; offset < 1024; offset += 13) {
                InclusionProof proof = ledger.proveEntry(offset).orElseThrow();
                assertTrue(proof.holds());
                assertEquals(entries.get((int) offset), EntryCodec.decode(proof.canonical()));
                InclusionProof other = ledger.proveEntry((offset + 1) % 1024).orElseThrow();
                assertFalse(new InclusionProof(
                                proof.index(), other.canonical(), proof.firstOfBlock(), proof.blockSize(), proof.path(),
                                proof.previousChain(), proof.root(), proof.dayPath(), true)
                        .holds());
            }
            assertTrue(ledger.proveEntry(1499).isEmpty());
        }
    }

    @Test
    void refusesWhatDoesNotFollow() {
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            ledger.append(List.of(new Entry.Tick(1000)), List.of(), 0);
            assertThrows(IllegalArgumentException.class, () -> ledger.append(List.of(new Entry.Tick(999)), List.of(), 0));
            assertThrows(IllegalArgumentException.class, () -> ledger.append(List.of(), List.of(), 2));
            StoredDecision late = new StoredDecision(1, 0, 1000, "verdict", Optional.empty(), new byte[] {'{', '}'});
            assertThrows(IllegalArgumentException.class, () -> ledger.append(List.of(), List.of(late), 1));
            assertEquals(1, ledger.position().nextOffset());
            assertEquals(0, ledger.position().nextDecision());
        }
    }

    @Test
    void refusesASecondProcessOnTheSameDirectory() {
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            LedgerRefused refused =
                    assertThrows(LedgerRefused.class, () -> SqliteLedger.open(directory, CLOCK, ZONE));
            assertTrue(refused.getMessage().contains("in use by another"), refused.getMessage());
            assertTrue(refused.sentence().zh().contains("另一个"));
            assertEquals(0, ledger.position().nextOffset());
        }
    }

    @Test
    void refusesAJournalFarAheadOfTheClock() {
        long now = CLOCK.millis();
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            ledger.append(List.of(new Entry.Tick(now + 300_000)), List.of(), 0);
        }
        SqliteLedger.open(directory, CLOCK, ZONE).close();
        InstantSource earlier = InstantSource.fixed(Instant.ofEpochMilli(now - 1));
        LedgerRefused refused = assertThrows(LedgerRefused.class, () -> SqliteLedger.open(directory, earlier, ZONE));
        assertTrue(refused.getMessage().contains("5 minutes ahead"), refused.getMessage());
    }

    @Test
    void storesNothingWhenTheDiskIsFullAndGoesOnWhenThereIsSpace() {
        List<Entry> entries = new Readings(3).next(20_000);
        try (SqliteLedger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            ledger.append(entries.subList(0, 1000), List.of(), 0);
            ledger.limitPages(20);
            Position before = ledger.position();
            List<Entry> more = entries.subList(1000, 20_000);
            LedgerUnwritable full = assertThrows(LedgerUnwritable.class, () -> ledger.append(more, List.of(), 0));
            assertTrue(full.getMessage().contains("full"), full.getMessage());
            assertEquals(before, ledger.position());
            assertEquals(entries.get(999), ledger.entry(999).orElseThrow().entry());
            ledger.append(more, List.of(), 0);
            assertEquals(20_000, ledger.position().nextOffset());
            assertEquals(entries.get(19_999), ledger.entry(19_999).orElseThrow().entry());
        }
    }

    @Test
    void keepsContentOnceUnderItsHash() {
        byte[] json = "{\"site\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            ContentRef first = ledger.putContent("site", "a", json);
            ContentRef again = ledger.putContent("site", "a", json);
            byte[] other = "{\"site\":\"b\"}".getBytes(StandardCharsets.UTF_8);
            ContentRef second = new ContentRef("site", "b", Shelf.hex(Merkle.sha256(other)));
            List<Ledger.NewContent> both = List.of(new Ledger.NewContent(first, json), new Ledger.NewContent(second, other));
            ledger.putContents(both);
            ledger.putContents(both);
            assertArrayEquals(other, ledger.content(second.sha256()).orElseThrow());
            assertThrows(IllegalArgumentException.class, () -> ledger.putContents(
                    List.of(new Ledger.NewContent(new ContentRef("site", "c", "00"), other))));
            assertEquals(first, again);
            assertArrayEquals(json, ledger.content(first.sha256()).orElseThrow());
            assertTrue(ledger.content("00").isEmpty());
        }
    }

    @Test
    void keepsASecretForItsOwnerOnly() throws Exception {
        byte[] secret;
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            secret = ledger.secret("hj212");
            assertEquals(32, secret.length);
            assertFalse(java.util.Arrays.equals(secret, ledger.secret("signing")));
        }
        try (Ledger ledger = SqliteLedger.open(directory, CLOCK, ZONE)) {
            assertArrayEquals(secret, ledger.secret("hj212"));
        }
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("secret-hj212"))));
    }
}
