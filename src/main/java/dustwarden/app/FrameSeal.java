package dustwarden.app;

import dustwarden.core.Entry;
import dustwarden.core.decode.Hj212Seal;
import java.security.SecureRandom;

/** Seals HJ 212 frames with one key: what intake does before a frame is journaled. */
final class FrameSeal {
    private static final int KEY_BYTES = 32;

    private final Hj212Seal seal;

    private FrameSeal(Hj212Seal seal) {
        this.seal = seal;
    }

    /** With a key that nobody keeps: hashes compare within this run alone. */
    static FrameSeal forOneRun() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new FrameSeal(new Hj212Seal(key));
    }

    /** What stands in a register's content in place of a device's password. */
    String passwordHash(String password) {
        return seal.hash(password);
    }

    Entry entry(long received, byte[] raw) {
        Hj212Seal.Sealed sealed = seal.seal(raw);
        return new Entry.Frame(received, "entries", sealed.frame(), sealed.note());
    }
}
