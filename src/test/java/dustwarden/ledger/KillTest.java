package dustwarden.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int KILLS = 6;

    @TempDir
    Path directory;

    /** Appends batches for ever and prints the next offset after each commit. */
    public static final class Child {
        public static void main(String[] arguments) {
            Random random = new Random(Long.parseLong(arguments[1]));
            try (SqliteLedger ledger = SqliteLedger.open(Path.of(arguments[0]), LedgerTest.CLOCK, LedgerTest.ZONE)) {
                List<StoredDecision> pending = List.of();
                while (true) {
                    Position at = ledger.position();
                    List<Entry> batch = java.util.stream.LongStream.range(0, 1 + random.nextInt(120))
                            .mapToObj(i -> (Entry) entry(at.nextOffset() + i))
                            .toList();
                    if (at.applied() < at.nextOffset()) {
                        pending = LedgerTest.decisionsOf(
                                ledger.entries(at.applied(), 10_000).stream().map(StoredEntry::entry).toList(),
                                at.applied(),
                                at.nextDecision());
                    }
                    ledger.append(batch, pending, at.nextOffset());
                    System.out.println(ledger.position().nextOffset());
                }
            }
        }
    }

    static Entry.Message entry(long offset) {
        byte[] payload = ("{\"ts\":" + offset + ",\"values\":{\"pm10\":" + offset * 7 % 1000 / 10.0 + "}}")
                .getBytes(StandardCharsets.UTF_8);
        return new Entry.Message(
                1_700_000_000_000L + offset, Entry.Source.MQTT, "dust/v1/a/b/reading", payload, false, java.util.Optional.empty());
    }

    @Test
    void losesNothingReportedAndRepeatsNoDecisionWhenKilledAtAnyMoment() throws Exception {
        Random random = new Random(5);
        long reported = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start(kill);
            reported = Math.max(reported, readUntilKilled(child, 30 + random.nextInt(60)));
            try (SqliteReading ledger = SqliteReading.open(directory)) {
                assertTrue(ledger.position().nextOffset() >= reported);
            }
            try (SqliteLedger ledger = SqliteLedger.open(directory, InstantSource.system(), LedgerTest.ZONE)) {
                assertWhole(ledger);
            }
            Verifier.Outcome outcome = Verifier.verify(directory);
            assertTrue(outcome.sound(), outcome.toString());
        }
    }

    private Process start(int seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString(),
                        Integer.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Kills the child after so many commits, in the middle of the next, and gives the last offset that it reported. */
    private static long readUntilKilled(Process child, int commits) throws Exception {
        long last = 0;
        try (BufferedReader out = child.inputReader(StandardCharsets.US_ASCII)) {
            int seen = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = Long.parseLong(line);
                if (++seen == commits) {
                    // By its handle, which leaves what the child printed to be read.
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertTrue(child.waitFor(20, TimeUnit.SECONDS));
        assertTrue(last > 0, "the child reported nothing");
        return last;
    }

    private static void assertWhole(SqliteLedger ledger) {
        Position end = ledger.position();
        long offset = 0;
        for (List<StoredEntry> page = ledger.entries(0, 1000); !page.isEmpty(); page = ledger.entries(offset, 1000)) {
            for (StoredEntry e : page) {
                assertEquals(entry(offset), e.entry());
                assertEquals(offset++, e.offset());
            }
        }
        assertEquals(end.nextOffset(), offset);
        long wanted = 0;
        for (StoredDecision d : ledger.decisions(0, Integer.MAX_VALUE)) {
            assertEquals(wanted, d.offset());
            wanted += 3;
        }
        assertEquals((end.applied() + 2) / 3, end.nextDecision());
    }
}
