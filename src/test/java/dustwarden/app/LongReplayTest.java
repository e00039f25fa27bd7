package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.app.node.JournaledCore;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.Replay;
import dustwarden.ledger.SqliteReading;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One stream of entries decides the same however it was grouped in commits, read in pages, and cut by restarts and kills;
 * {@code -Ddustwarden.replay.entries=1000000} takes a longer one.
 */
class LongReplayTest {
    private static final int ENTRIES = Integer.getInteger("dustwarden.replay.entries", 6_000);
    private static final int SITES = ENTRIES > 100_000 ? 500 : 12;
    private static final int RESUMED_EVERY = ENTRIES / 7;
    private static final int KILLS = 4;

    @TempDir
    Path temp;

    @Test
    void batchesPagesAndRestartsDoNotChangeTheDigest() throws Exception {
        Path large = write("large", new LongJournal.Cut(1_000, RESUMED_EVERY, false));
        String wanted = replayed(large, 1_000);
        assertTrue(wanted.matches("entries " + (ENTRIES + 1 + ENTRIES / RESUMED_EVERY) + " decisions [1-9]\\d{3,} digest .*"), wanted);
        assertEquals(wanted, replayed(large, 1));
        assertEquals(wanted, replayed(large, 37));
        Path small = write("small", new LongJournal.Cut(20, RESUMED_EVERY, false));
        assertEquals(wanted, replayed(small, 1_000), "small batches");
        Path restarted = write("restarted", new LongJournal.Cut(300, RESUMED_EVERY, true));
        assertEquals(wanted, replayed(restarted, 1_000), "as many restarts, which lost decisions");
    }

    /** Each kill comes at a moment of its own while entries stream in; a start that decides otherwise ends the process. */
    @Test
    void kill9InMidStreamChangesNoDecision() throws Exception {
        Path data = Files.createDirectory(temp.resolve("killed"));
        Random random = new Random();
        int inMidStream = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = child(data);
            long until = entries(data) + ENTRIES / (6 * KILLS) + random.nextInt(ENTRIES / (6 * KILLS));
            Await.until("entries stream in", Duration.ofSeconds(60 + ENTRIES / 1_000), () -> entries(data) > until || !child.isAlive());
            inMidStream += child.isAlive() ? 1 : 0;
            child.destroyForcibly().waitFor();
        }
        assertEquals(KILLS, inMidStream, Files.readString(temp.resolve("child.log")));
        Process last = child(data);
        assertTrue(last.waitFor(60 + ENTRIES / 1_000, TimeUnit.SECONDS));
        assertEquals(0, last.exitValue(), Files.readString(temp.resolve("child.log")));
        String line = replayed(data, 1_000);
        assertTrue(line.startsWith("entries " + (ENTRIES + 1 + KILLS) + " "), line);
    }

    private Process child(Path data) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-cp", classPath(),
                LongJournal.class.getName(), data.toString(), String.valueOf(ENTRIES), String.valueOf(SITES),
                ENTRIES > 100_000 ? "300" : "10", "0", "go-on"));
        File log = temp.resolve("child.log").toFile();
        return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
    }

    /** Of this test, also where a launcher loads it from elsewhere than from the path that it was started with. */
    private static String classPath() {
        return LongJournal.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static long entries(Path data) {
        if (!Files.exists(data.resolve("ledger.db"))) {
            return 0;
        }
        try (LedgerReading ledger = SqliteReading.open(data)) {
            return ledger.position().nextOffset();
        } catch (RuntimeException beingMade) {
            return 0;
        }
    }

    private Path write(String name, LongJournal.Cut cut) throws Exception {
        Path data = Files.createDirectory(temp.resolve(name));
        LongJournal.write(data, ENTRIES, SITES, cut);
        return data;
    }

    private static String replayed(Path data, int page) {
        try (LedgerReading ledger = SqliteReading.open(data)) {
            JournaledCore core = JournaledCore.of(ledger);
            Replay.Result result = new Replay(inPages(ledger, page), core, core, difference -> {}).all();
            assertTrue(result.same(), () -> "differs at " + result.firstDifference());
            assertEquals(0, result.foreign());
            return result.line();
        }
    }

    /** The same ledger, which gives at most so many entries or decisions at once. */
    private static LedgerReading inPages(LedgerReading ledger, int most) {
        return (LedgerReading) Proxy.newProxyInstance(
                LedgerReading.class.getClassLoader(), new Class<?>[] {LedgerReading.class}, (proxy, method, args) -> {
                    if (method.getName().equals("entries") || method.getName().equals("decisions")) {
                        args[1] = Math.min((int) args[1], most);
                    }
                    try {
                        return method.invoke(ledger, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
