package dustwarden.app;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts decision lines and digests them, each with a line end. */
final class Tally {
    private final MessageDigest digest;
    private long count;

    Tally() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(byte[] line) {
        digest.update(line);
        digest.update((byte) '\n');
        count++;
    }

    /** The last line of a replay. */
    String line(long entries) {
        return "entries " + entries + " decisions " + count + " digest " + HexFormat.of().formatHex(digest.digest());
    }
}
