package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.ledger.DirectoryLock;
import dustwarden.series.FakeInflux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildSeriesCommandTest {
    @TempDir
    Path data;

    private final FakeInflux server = new FakeInflux();

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun rebuild() {
        return CommandRun.of("rebuild-series", "--data", data.toString(), "--set", "influx.url=" + server.target().url(),
                "--set", "influx.org=org one", "--set", "influx.token=" + FakeInflux.TOKEN);
    }

    @Test
    void anEmptiedBucketGetsTheSamePointsAgain() {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        CommandRun first = rebuild();
        assertEquals(0, first.exit(), first.out() + first.err());
        assertEquals("entries 313 refused 0", first.lastLine());
        Set<String> points = new TreeSet<>(server.points);
        assertFalse(server.of("reading").isEmpty());
        assertFalse(server.of("site").isEmpty());

        server.points.clear();
        CommandRun second = rebuild();
        assertEquals("entries 313 refused 0", second.lastLine(), second.err());
        assertEquals(points, new TreeSet<>(server.points));
    }

    @Test
    void aRefusedPointIsCountedAndTheExitSaysSo() {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        server.poison = Optional.of("device=dust-1 pm10=50.0 " + Journals.START);
        CommandRun run = rebuild();
        assertEquals(1, run.exit(), run.out());
        assertTrue(run.lastLine().equals("entries 313 refused 1"), run.out());
        assertFalse((run.out() + run.err()).contains(FakeInflux.TOKEN));
    }

    @Test
    void badUsageIsTwoAndWritesNothing() throws Exception {
        assertEquals(2, CommandRun.of("rebuild-series").exit());
        assertEquals(2, CommandRun.of("rebuild-series", "--data", data.toString()).exit(), "no address");
        Path empty = Files.createDirectories(data.resolve("empty"));
        assertEquals(2, CommandRun.of("rebuild-series", "--data", empty.toString(), "--set", "influx.url=http://127.0.0.1:1",
                "--set", "influx.org=o", "--set", "influx.token=t").exit(), "no ledger");
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        try (DirectoryLock held = DirectoryLock.take(data)) {
            assertEquals(2, rebuild().exit(), "a server runs on the same data");
        }
        assertTrue(server.points.isEmpty());
    }
}
