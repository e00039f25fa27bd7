package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the core says of entries that are given as lines, the odd ones included. */
class JudgeCommandTest {
    private static final String SITE = """
            site: s-1
            name: {zh: 工地, en: site}
            region: "410000"
            rulebook: henan-seven
            devices: [{id: dust-1, kind: monitor, every: PT1M}]
            """;
    private static final String GOOD =
            "{\"received\":\"2026-03-16T09:00:00+08:00\",\"topic\":\"dust/v1/s-1/dust-1/reading\",\"payload\":"
                    + "{\"ts\":\"2026-03-16T09:00:00+08:00\",\"values\":{\"pm10\":1.0}}}";

    @TempDir
    private Path dir;

    @BeforeEach
    void register() throws IOException {
        Files.createDirectories(dir.resolve("sites"));
        Files.writeString(dir.resolve("sites/s-1.yaml"), SITE);
    }

    private CommandRun judge(String... lines) throws IOException {
        Path entries = Files.writeString(dir.resolve("entries.jsonl"), String.join("\n", lines) + "\n");
        return CommandRun.of("judge", "--register", dir.resolve("sites").toString(), "--entries", entries.toString());
    }

    private static List<String> rejections(CommandRun run) {
        return run.lines().stream()
                .filter(l -> l.startsWith("{\"type\":\"rejection\""))
                .map(l -> l.replaceAll(".*\"offset\":(\\d+).*\"reason\":\"([a-z0-9-]+)\".*", "$1 $2"))
                .toList();
    }

    private static String reading(String payload) {
        return "{\"received\":\"2026-03-16T09:00:01+08:00\",\"topic\":\"dust/v1/s-1/dust-1/reading\",\"payload\":" + payload + "}";
    }

    @Test
    void aLineThatIsNoEntryIsRefusedAndTheStreamGoesOn() throws IOException {
        CommandRun run = judge(GOOD, "rubbish", "[]", "{\"received\":\"yesterday\",\"link\":\"mqtt\",\"up\":true}",
                "{\"received\":\"+999999999-01-01T00:00:00Z\",\"link\":\"mqtt\",\"up\":true}", reading("5"));
        assertEquals(0, run.exit());
        assertEquals(
                List.of("1 malformed", "2 malformed", "3 malformed", "4 malformed", "5 wrong-type"), rejections(run));
        assertTrue(run.err().contains("line 2 "), run.err());
    }

    @Test
    void theOffsetIsTheInputLineBlankOnesIncluded() throws IOException {
        assertEquals(List.of("2 wrong-type"), rejections(judge(GOOD, "", reading("5"))));
    }

    @Test
    void whatIsTooDeepTooLongOrTooLargeReachesTheDecoder() throws IOException {
        String deep = "[".repeat(3000) + "]".repeat(3000);
        CommandRun run = judge(GOOD, reading(deep), reading("{\"ts\":" + "9".repeat(5000) + ",\"values\":{\"pm10\":1}}"),
                reading("{\"" + "k".repeat(60_000) + "\":1}"), reading("\"" + "x".repeat(21_000_000) + "\""));
        assertEquals(0, run.exit());
        List<String> refused = rejections(run);
        assertEquals("1 not-json", refused.get(0));
        assertEquals("3 missing-field", refused.get(2));
        assertEquals("4 too-large", refused.get(3));
        assertEquals(4, refused.size());
    }

    @Test
    void theClockNeverRunsBack() throws IOException {
        CommandRun run = judge(GOOD, reading("5").replace("09:00:01", "08:00:00"));
        assertEquals(List.of("1 wrong-type"), rejections(run));
        assertTrue(run.lastLine().contains("\"at\":\"2026-03-16T09:00:00.000+08:00\""), run.lastLine());
    }
}
