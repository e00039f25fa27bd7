package dustwarden.intake;

import dustwarden.core.Entry.Oversize;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What the journal keeps of a payload: all of it, or of one over 64 KiB its length, its SHA-256 and its first KiB. */
record Kept(byte[] payload, Optional<Oversize> oversize) {
    static final int PAYLOAD_BYTES_MAX = 64 * 1024;
    private static final int HEAD_BYTES = 1024;
    /** About what an arrival costs beside its payload and topic. */
    private static final int OVERHEAD_BYTES = 160;

    static Kept of(byte[] payload) {
        if (payload.length <= PAYLOAD_BYTES_MAX) {
            return new Kept(payload, Optional.empty());
        }
        String hash = HexFormat.of().formatHex(sha256().digest(payload));
        return new Kept(Arrays.copyOf(payload, HEAD_BYTES), Optional.of(new Oversize(payload.length, hash)));
    }

    /** About what an arrival with this payload holds in memory. */
    int bytes(String topic) {
        return payload.length + 2 * topic.length() + OVERHEAD_BYTES;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
