package dustwarden.ledger;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks through SQLite's write-ahead log for a frame that does not fit its checksum.
 *
 * <p>SQLite stops reading at such a frame as after a crash, so that what was committed after it would be gone without a word.
 * A frame cut short at the end of the file is a crash indeed, or is being written.
 */
final class WalCheck {
    static final String FILE = SqliteLedger.FILE + "-wal";
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int PAGE_MAX = 65_536;
    private static final int TIMES = 3;
    private static final long PAUSE_NANOS = 50_000_000;

    private final byte[] header;
    private final ByteOrder order;
    private int one;
    private int two;

    private WalCheck(byte[] header) {
        this.header = header;
        this.order = (ByteBuffer.wrap(header).getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** What is wrong; empty where all fits, and where there is no such log. What is only half written yet is looked at again. */
    static Optional<String> of(Path directory) {
        Optional<String> found = once(directory);
        for (int again = 0; again < TIMES && found.isPresent(); again++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            found = once(directory).filter(found.get()::equals);
        }
        return found;
    }

    private static Optional<String> once(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] before = header(file);
            if (before.length < HEADER) {
                return Optional.empty();
            }
            Optional<String> found = new WalCheck(before).frames(file);
            // A log that was begun anew meanwhile says nothing of the one that was read.
            return Arrays.equals(before, header(file)) ? found : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static byte[] header(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEADER);
        }
    }

    private Optional<String> frames(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(header);
        int page = head.getInt(8);
        if ((head.getInt(0) & ~1) != MAGIC || page < 512 || page > PAGE_MAX || !fits(header, 24, head.getInt(24), head.getInt(28))) {
            return Files.size(file) > HEADER + FRAME_HEADER ? Optional.of("its header does not fit its checksum") : Optional.empty();
        }
        long bad = -1;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            in.skipNBytes(HEADER);
            byte[] frame = new byte[FRAME_HEADER + page];
            for (long number = 0; ; number++) {
                in.readFully(frame);
                ByteBuffer f = ByteBuffer.wrap(frame);
                boolean ours = f.getInt(8) == head.getInt(16) && f.getInt(12) == head.getInt(20);
                if (bad < 0 && !(ours && fits(f, page))) {
                    bad = number;
                }
                // Frames of an older round of the log lie behind its end; they have other salts.
                if (bad >= 0 && ours && (number == bad || f.getInt(4) != 0)) {
                    return Optional.of("frame " + bad + " does not fit its checksum, and commits lie behind it");
                }
            }
        } catch (EOFException end) {
            return Optional.empty();
        }
    }

    private boolean fits(ByteBuffer frame, int page) {
        add(frame.array(), 0, 8);
        add(frame.array(), FRAME_HEADER, page);
        return one == frame.getInt(16) && two == frame.getInt(20);
    }

    private boolean fits(byte[] bytes, int length, int wantedOne, int wantedTwo) {
        add(bytes, 0, length);
        return one == wantedOne && two == wantedTwo;
    }

    private void add(byte[] bytes, int from, int length) {
        ByteBuffer words = ByteBuffer.wrap(bytes, from, length).order(order);
        for (int i = 0; i < length; i += 8) {
            one += words.getInt() + two;
            two += words.getInt() + one;
        }
    }
}
