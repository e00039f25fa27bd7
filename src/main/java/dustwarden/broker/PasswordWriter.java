package dustwarden.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Gives devices new secrets in a password file, which only its owner may read and which is never seen half written. */
public final class PasswordWriter {
    private static final int SECRET_BYTES = 20;

    /** A file lock keeps other processes out, this one our own threads. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final SecureRandom random;

    public PasswordWriter(Path file, SecureRandom random) {
        this.file = Objects.requireNonNull(file, "file").toAbsolutePath();
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Makes a random secret for the device, in place of one it has; it cannot be seen again. */
    public String renew(DeviceId device) throws IOException {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        set(device, secret.toCharArray());
        return secret;
    }

    /** Stores the hash of this secret for the device, in place of one it has. */
    public void set(DeviceId device, char[] secret) throws IOException {
        String line = device + ":" + SecretHash.of(secret, random);
        Files.createDirectories(file.getParent());
        synchronized (ONE_AT_A_TIME) {
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                replaceWith(withLine(device, line));
            }
        }
    }

    private List<String> withLine(DeviceId device, String line) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean placed = false;
        for (String old : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            boolean same = PasswordFile.device(old.strip()).equals(Optional.of(device));
            if (!same) {
                lines.add(old);
            } else if (!placed) {
                lines.add(line);
                placed = true;
            }
        }
        if (!placed) {
            lines.add(line);
        }
        return lines;
    }

    private void replaceWith(List<String> lines) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new", ownerOnly());
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                String text = String.join("\n", lines) + "\n";
                out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
