package dustwarden.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a data directory's disk has room to start on; journals and sessions want some before the first report. */
final class DiskRoom {
    private static final long MIB = 1 << 20;
    /** The embedded broker's journal files (two of 4 MiB and more as it works), three databases, and air. */
    private static final long LEAST = 32 * MIB;

    private DiskRoom() {}

    /** @throws IOException in one sentence where less is free */
    static void check(Path data) throws IOException {
        Path existing = data.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < LEAST) {
            throw new IOException("the disk of " + data + " has " + free / MIB + " MiB free and a start wants " + LEAST / MIB
                    + "; free some, or set another data directory");
        }
    }
}
