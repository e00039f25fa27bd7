package dustwarden.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random keys of 32 bytes in files that only their owner reads; each is made at its first use and never changes. */
final class Secrets {
    private static final int BYTES = 32;

    private final Path directory;

    Secrets(Path directory) {
        this.directory = directory;
    }

    synchronized byte[] secret(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("a secret's name is lower case letters, digits and -, got " + name);
        }
        Path file = directory.resolve("secret-" + name);
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] secret = HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (secret.length != BYTES) {
                throw new IllegalArgumentException(secret.length + " bytes");
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new LedgerRefused(
                    "密钥文件 " + file + " 已损坏；请从备份恢复。",
                    "the key file " + file + " is damaged (" + e.getMessage() + "); restore it from a backup");
        }
    }

    // Written aside, synced and renamed: a crash leaves the whole key or none.
    private static void make(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path aside = Files.createTempFile(file.getParent(), "secret", ".new", ownerOnly(file));
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            String line = HexFormat.of().formatHex(secret) + "\n";
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        return Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }
}
