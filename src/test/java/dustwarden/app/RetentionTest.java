package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.Verifier;
import dustwarden.report.EvidenceBundle;
import dustwarden.report.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    @TempDir
    Path data;

    /** Many readings, so that there are blocks without an alarm's passages. */
    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(Journals.twoDays());
        for (int minute = 0; minute < 5 * 24 * 60; minute++) {
            long at = Journals.START + minute * 60_000L + 7;
            entries.add(new Entry.Message(at, Entry.Source.MQTT, "dust/v1/xx-hongqi-01/dust-1/reading",
                    ("{\"ts\":" + at + ",\"values\":{\"pm10\":" + (50 + minute % 40) + "}}").getBytes(StandardCharsets.UTF_8),
                    false, Optional.empty()));
        }
        entries.sort((a, b) -> Long.compare(a.received(), b.received()));
        return entries;
    }

    @Test
    void oldPayloadsGoAndProofStays() throws IOException {
        Journals.write(data, entries(), UnaryOperator.identity());
        Instant end = Instant.ofEpochMilli(Journals.START).plus(Duration.ofDays(5));
        InstantSource clock = InstantSource.fixed(end);
        try (SqliteLedger ledger = SqliteLedger.open(data, clock, Journals.ZONE)) {
            StoredDecision raised = ledger.newest("xx-hongqi-01", "alarm", Long.MAX_VALUE, 1000).stream()
                    .filter(d -> new String(d.json(), StandardCharsets.UTF_8).contains("henan-seven/washing"))
                    .reduce((a, b) -> b).orElseThrow();
            String json = new String(raised.json(), StandardCharsets.UTF_8);
            String id = json.replaceAll(".*\"id\":\"([0-9a-f]{16})\".*", "$1");
            EvidenceBundle bundle = new EvidenceBundle(ledger, alarm -> List.of(), clock, "test");
            byte[] before = bundle.zip(id, "xx-hongqi-01", raised.at()).orElseThrow();
            Verifier.Outcome whole = Verifier.verify(data);
            assertEquals(0, whole.letGo());
            assertEquals(0, Retention.apply(ledger, Duration.ofDays(30), end));
            long gone = Retention.apply(ledger, Duration.ofDays(2), end);
            assertTrue(gone >= 512, gone + " entries");
            Verifier.Outcome after = Verifier.verify(data);
            assertTrue(after.sound(), after.toString());
            assertEquals(gone, after.letGo());
            assertEquals(whole.entryHash(), after.entryHash());
            assertEquals(0, Retention.apply(ledger, Duration.ofDays(2), end), "nothing is left to go");
            byte[] again = bundle.zip(id, "xx-hongqi-01", raised.at()).orElseThrow();
            for (String file : List.of("entries.jsonl", "observations.jsonl", "steps.json", "decisions.jsonl", "proofs.json")) {
                assertArrayEquals(
                        EvidenceBundleTest.unzipped(before).get(file), EvidenceBundleTest.unzipped(again).get(file), file);
            }
            assertTrue(ledger.entry(0).orElseThrow().entry() instanceof Entry.Resumed, "what lists contents stays");
            assertFalse(ledger.entries(0, 100).isEmpty());
        }
        CommandRun run = CommandRun.of("verify", "--data", data.toString());
        assertTrue(run.out().contains("let go by the retention: "), run.out());
        CommandRun replay = CommandRun.of("replay", "--data", data.toString());
        assertEquals(2, replay.exit());
        assertTrue(replay.err().contains("were let go, and no states are stored after them"), replay.err());
    }
}
