package dustwarden.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the one process that writes a data directory; the system lets go of it when the process ends, however it ends. */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws LedgerRefused another process has it */
    public static DirectoryLock take(Path directory) {
        Path file = directory.resolve("ledger.lock");
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel).isEmpty()) {
                channel.close();
                throw new LedgerRefused(
                        "数据目录 " + directory + " 正被另一个 dustwarden 进程使用；请先停止它，或另选 data 目录。",
                        "the data directory " + directory
                                + " is in use by another dustwarden process; stop that one first or set another data directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new LedgerRefused(
                    "数据目录 " + directory + " 无法写入：" + why(e) + "；请改正，或另选 data 目录。",
                    "the data directory " + directory + " cannot be written: " + why(e)
                            + "; mend that or set another data directory",
                    e);
        }
    }

    /** Of some exceptions the kind is the reason and the message only the path. */
    private static String why(IOException e) {
        return e.getClass() == IOException.class || e.getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName().replaceFirst("Exception$", "") + " " + e.getMessage();
    }

    private static Optional<FileLock> locked(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
