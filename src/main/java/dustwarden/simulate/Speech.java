package dustwarden.simulate;

import java.time.Instant;
import java.util.Map;

/** One thing a device speaks of: when, and in which words; the time inside the words is added by its voice. */
interface Speech {

    /** Says all that is due from inclusive to exclusive, in any order. */
    void between(Instant from, Instant to, Mouth mouth);

    /** Says what a device says on connecting, if anything. */
    void opening(Instant at, Mouth mouth);

    /** Where words go. */
    interface Mouth {
        void say(Instant at, String stream, Map<String, Object> body);
    }
}
