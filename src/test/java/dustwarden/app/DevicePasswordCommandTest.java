package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicePasswordCommandTest {
    @TempDir
    Path directory;

    @Test
    void printsTheSecretOnceAndKeepsOnlyItsHash() throws IOException {
        Path file = directory.resolve("passwords");
        CommandRun run = password(file, "xx-hongqi-01", "dust-1");
        assertEquals(0, run.exit(), run.err());
        assertEquals(1, run.lines().size(), run.out());
        String secret = run.lastLine();
        assertTrue(secret.length() >= 20, secret);
        assertFalse(run.err().contains(secret), run.err());
        String kept = Files.readString(file);
        assertTrue(kept.startsWith("xx-hongqi-01/dust-1:"), kept);
        assertFalse(kept.contains(secret), kept);
    }

    @Test
    void anotherRunReplacesTheSecretAndKeepsTheOthers() throws IOException {
        Path file = directory.resolve("passwords");
        password(file, "a", "other");
        String first = password(file, "a", "b").lastLine();
        String second = password(file, "a", "b").lastLine();
        assertNotEquals(first, second);
        assertEquals(2, Files.readAllLines(file).size());
    }

    @Test
    void badUsageIsTwo() {
        assertEquals(2, CommandRun.of("device").exit());
        assertEquals(2, CommandRun.of("device", "password", "a").exit());
        assertEquals(2, password(directory.resolve("p"), "A", "b").exit());
        assertFalse(Files.exists(directory.resolve("p")));
        CommandRun nowhere = CommandRun.of("device", "password", "a", "b");
        assertEquals(2, nowhere.exit());
        assertTrue(nowhere.err().contains("--set mqtt.passwords="), nowhere.err());
    }

    private static CommandRun password(Path file, String site, String device) {
        return CommandRun.of("device", "password", site, device, "--set", "mqtt.passwords=" + file);
    }
}
