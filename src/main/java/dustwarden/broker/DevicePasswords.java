package dustwarden.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The secrets of all devices, read from the password file and read again when it changes; a file that
 * turns bad is reported, and the last good one goes on.
 *
 * <p>Thread-safe. A secret seen to be right is remembered by a keyed hash, so that only the first
 * login of a device after a start costs the slow hash.
 */
public final class DevicePasswords {
    /** Asked for every message, so the file's state is looked at once a second; logins look each time. */
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final Path file;
    private final Consumer<PasswordProblem> onProblem;
    private final FastMac fast = new FastMac(new SecureRandom());
    private final Map<DeviceId, Verified> verified = new ConcurrentHashMap<>();
    private volatile Snapshot current;
    private volatile long lookedNanos = System.nanoTime();

    /**
     * Reads the file.
     *
     * @param onProblem told each problem of a later reading, on the thread of a login
     */
    public DevicePasswords(Path file, Consumer<PasswordProblem> onProblem) {
        this.file = Objects.requireNonNull(file, "file");
        this.onProblem = Objects.requireNonNull(onProblem, "onProblem");
        this.current = Snapshot.of(Stamp.of(file), PasswordFile.read(file));
    }

    /** What is wrong with the file as last read; empty if all is well. */
    public List<PasswordProblem> problems() {
        return refreshed().problems;
    }

    /** How many devices may log in. */
    public int size() {
        return refreshed().devices.size();
    }

    /** Whether this is the secret of the device; takes milliseconds the first time, so never on an event loop. */
    public boolean verify(DeviceId device, char[] secret) {
        Optional<SecretHash> hash = hash(device);
        if (hash.isEmpty()) {
            return false;
        }
        byte[] mac = fast.of(device.toString(), secret);
        Verified known = verified.get(device);
        if (known != null && known.isOf(hash.get())) {
            return known.matches(mac) || hash.get().matches(secret);
        }
        boolean right = hash.get().matches(secret);
        if (right) {
            verified.put(device, new Verified(hash.get(), mac));
        }
        return right;
    }

    /** Whether the device still has the secret that it had when this token was taken: see {@link #token}. */
    boolean isCurrent(DeviceId device, Object token) {
        if (System.nanoTime() - lookedNanos > LOOK_AGAIN_NANOS) {
            refreshed();
        }
        return current.devices.get(device) == token;
    }

    /** Stands for the present secret of a device; another one when the file gives it a new one. */
    Optional<Object> token(DeviceId device) {
        return hash(device).map(hash -> hash);
    }

    private Optional<SecretHash> hash(DeviceId device) {
        return Optional.ofNullable(refreshed().devices.get(device));
    }

    private Snapshot refreshed() {
        lookedNanos = System.nanoTime();
        Snapshot seen = current;
        return Stamp.of(file).equals(seen.stamp) ? seen : reread();
    }

    private synchronized Snapshot reread() {
        Stamp stamp = Stamp.of(file);
        if (!stamp.equals(current.stamp)) {
            PasswordFile read = PasswordFile.read(file);
            read.problems().forEach(onProblem);
            current = current.next(stamp, read);
            verified.keySet().retainAll(current.devices.keySet());
        }
        return current;
    }

    private record Verified(SecretHash hash, byte[] mac) {
        boolean isOf(SecretHash other) {
            return hash == other;
        }

        boolean matches(byte[] other) {
            return MessageDigest.isEqual(mac, other);
        }
    }

    /** What tells one state of the file from the next. */
    private record Stamp(long modified, long size, Optional<String> key) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                long modified = seen.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                return new Stamp(modified, seen.size(), Optional.ofNullable(seen.fileKey()).map(Object::toString));
            } catch (IOException e) {
                return new Stamp(0, -1, Optional.empty());
            }
        }
    }

    private record Snapshot(Stamp stamp, Map<DeviceId, SecretHash> devices, List<PasswordProblem> problems) {
        static Snapshot of(Stamp stamp, PasswordFile read) {
            return new Snapshot(stamp, read.devices(), read.problems());
        }

        /** A bad file changes no login; an unchanged line keeps its hash object, so that logins stay known. */
        Snapshot next(Stamp newStamp, PasswordFile read) {
            if (!read.problems().isEmpty()) {
                return new Snapshot(newStamp, devices, read.problems());
            }
            Map<DeviceId, SecretHash> merged = new HashMap<>(read.devices());
            merged.replaceAll((device, hash) -> {
                SecretHash old = devices.get(device);
                return old != null && old.toString().equals(hash.toString()) ? old : hash;
            });
            return new Snapshot(newStamp, Map.copyOf(merged), List.of());
        }
    }
}
