package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start on a disk without room is one sentence. */
class FullDiskIT {
    private static final Duration MOST = Duration.ofSeconds(60);

    @Test
    void aStartWithoutRoomIsOneSentence(@TempDir Path temp) throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
        if (!mounted) {
            System.out.println("SKIPPED FullDiskIT: mounting a small tmpfs wants root");
        }
        assumeTrue(mounted, "a small tmpfs cannot be mounted");
        try {
            Path register = Files.createDirectory(temp.resolve("register"));
            Files.copy(Path.of("devices/sites/xx-hongqi-01.yaml"), register.resolve("xx-hongqi-01.yaml"));
            for (String[] command : List.of(
                    new String[] {"serve", "--set", "register=" + register, "--set", "data=" + disk.resolve("data")},
                    new String[] {"demo", "--set", "data=" + disk.resolve("data")})) {
                try (PackagedJar started = PackagedJar.onFreePorts(temp, command)) {
                    assertEquals(1, started.exit(MOST), started.toString());
                    Await.until("all is read", MOST, () -> started.said().contains(disk.toString()));
                    assertTrue(started.err.get(started.err.size() - 1).contains("MiB free"), started.toString());
                    assertFalse(started.said().contains("\tat ") || started.said().contains("Exception"), started.toString());
                }
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
