package dustwarden.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The login that a publisher of messages uses at the broker. */
public interface Logins {

    /** A name and a password; the password never shows in text. */
    record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    /**
     * The login for a path.
     *
     * @param path {@code site/device}, or {@code region/node}
     */
    Optional<Login> of(String path);

    /** Whether each device has a login, and so a connection, of its own. */
    boolean perDevice();

    /** No login at all. */
    static Logins none() {
        return shared(Optional.empty());
    }

    /** The same login for everything. */
    static Logins shared(Optional<Login> login) {
        return new Logins() {
            @Override
            public Optional<Login> of(String path) {
                return login;
            }

            @Override
            public boolean perDevice() {
                return false;
            }
        };
    }

    /**
     * A login for each device: the path is the name.
     *
     * @param passwords passwords by path
     * @param others for paths without a password of their own
     */
    static Logins perDevice(Map<String, String> passwords, Optional<Login> others) {
        Map<String, String> known = Map.copyOf(passwords);
        return new Logins() {
            @Override
            public Optional<Login> of(String path) {
                return Optional.ofNullable(known.get(path)).map(word -> new Login(path, word)).or(() -> others);
            }

            @Override
            public boolean perDevice() {
                return true;
            }
        };
    }

    /** Reads passwords: a line a device, {@code site/device password}; {@code #} begins a comment. */
    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> passwords = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String[] parts = text.split("\\s+", 2);
            if (parts.length < 2 || !parts[0].contains("/")) {
                throw new IOException(file + " line " + number + ": wanted 'site/device password'");
            }
            passwords.put(parts[0], parts[1]);
        }
        return passwords;
    }
}
