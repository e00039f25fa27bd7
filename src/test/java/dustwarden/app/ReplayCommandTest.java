package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.ledger.StoredDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    @TempDir
    Path data;

    @Test
    void theSameJournalDecidesTheSameWithTheSameDigestEachTime() {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        CommandRun run = replay();
        assertEquals(0, run.exit(), run.out() + run.err());
        assertTrue(run.lastLine().matches("entries 313 decisions \\d+ digest [0-9a-f]{64}"), run.out());
        assertEquals(run.lastLine(), replay().lastLine());
    }

    @Test
    void aDecisionStoredOtherwiseIsNamedByItsOffset() {
        Journals.write(data, Journals.twoDays(), d -> d.offset() == 42 ? altered(d) : d);
        CommandRun run = replay();
        assertEquals(1, run.exit(), run.out());
        assertTrue(run.lines().get(0).startsWith("offset 42 "), run.out());
        assertTrue(run.out().contains("\n- {\"altered\":true}\n"), run.out());
        assertTrue(run.out().contains("\n+ {\"type\":"), run.out());
        assertTrue(run.lastLine().startsWith("entries "), run.out());
    }

    @Test
    void aPartIsJudgedAfterWhatCameBeforeIt() {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        CommandRun run = replay("--from", "2026-03-15T00:00:00+08:00", "--to", "2026-03-16T00:00:00+08:00");
        assertEquals(0, run.exit(), run.out() + run.err());
        assertTrue(run.lastLine().startsWith("entries 156 "), run.out());
    }

    @Test
    void anotherRulebookShowsTheDaysAndAlarmsThatChange() throws IOException {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        CommandRun same = replay("--rulebook", "devices/rulebooks/henan-seven.yaml", "--diff");
        assertEquals(0, same.exit(), same.err());
        assertEquals(
                "0 个日判定将改变，多发 0 条报警，少发 0 条 / 0 site-days would change, 0 alarms raised that were not, "
                        + "0 not raised any more",
                same.lines().get(0));

        String lenient = Files.readString(Path.of("devices/rulebooks/henan-seven.yaml"), StandardCharsets.UTF_8)
                .replace("vehicles: [truck, mixer, other-heavy]", "vehicles: [mixer]");
        Path file = Files.writeString(data.resolve("other.yaml"), lenient, StandardCharsets.UTF_8);
        CommandRun run = replay("--rulebook", file.toString(), "--diff");
        assertEquals(0, run.exit(), run.err());
        assertTrue(hasRow(
                run, "xx-hongqi-01", "2026-03-14", "washing", "henan-seven/washing", "违规 VIOLATION", "未知 UNKNOWN 0.0\\.\\.1.0"), run.out());
        assertTrue(hasRow(
                run, "xx-hongqi-01", "2026-03-14T14:00:00.001\\+08:00", "washing", "henan-seven/washing", "gate-a",
                "发出 raised", "无 none$"), run.out());
        assertTrue(closing(run).endsWith(" 0 alarms raised that were not, 1 not raised any more"), run.out());
        assertTrue(run.lastLine().startsWith("entries 313 "), run.out());
    }

    private static boolean hasRow(CommandRun run, String... cells) {
        return run.lines().stream().anyMatch(line -> line.matches("  " + String.join(".*?  +", cells) + ".*"));
    }

    private static String closing(CommandRun run) {
        return run.lines().get(run.lines().size() - 2);
    }

    @Test
    void badUsageIsTwo() {
        assertEquals(2, CommandRun.of("replay").exit());
        assertEquals(2, replay().exit());
        assertEquals(2, replay("--from", "yesterday").exit());
        assertEquals(2, replay("--rulebook", "none.yaml").exit());
    }

    private static StoredDecision altered(StoredDecision d) {
        return new StoredDecision(
                d.number(), d.offset(), d.at(), d.type(), d.site(), "{\"altered\":true}".getBytes(StandardCharsets.UTF_8));
    }

    private CommandRun replay(String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "replay";
        args[1] = "--data";
        args[2] = data.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandRun.of(args);
    }
}
