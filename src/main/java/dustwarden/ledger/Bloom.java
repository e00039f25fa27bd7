package dustwarden.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Tells of a block of decisions which (site, type) cannot be in it; it may err only towards "perhaps". */
final class Bloom {
    private static final int BITS_EACH = 16;
    private static final int HASHES = 6;

    private Bloom() {}

    static String key(String site, String type) {
        return site + "\n" + type;
    }

    static byte[] of(Set<String> keys) {
        byte[] bits = new byte[Math.max(8, keys.size() * BITS_EACH / 8)];
        for (String key : keys) {
            long hash = hash(key);
            for (int i = 0; i < HASHES; i++) {
                int bit = bit(hash, i, bits.length);
                bits[bit >> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return bits;
    }

    static boolean mayHold(byte[] bits, String key) {
        long hash = hash(key);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i, bits.length);
            if ((bits[bit >> 3] & 1 << (bit & 7)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int i, int bytes) {
        return (int) Long.remainderUnsigned(hash + i * (hash >>> 32 | 1), bytes * 8L);
    }

    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return hash ^ hash >>> 29;
    }
}
