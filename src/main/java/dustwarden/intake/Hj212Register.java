package dustwarden.intake;

import dustwarden.core.decode.Hj212Answer.Standing;
import java.util.OptionalLong;

/** What the register in force says of who speaks HJ 212, and what is known of it. */
public interface Hj212Register {
    /**
     * How we stand to a sender.
     *
     * @param passwordHash as {@code Hj212Seal#hash} makes it
     */
    Standing standing(String mn, String passwordHash);

    /** How long a known device may be silent before there is a gap, in ms. */
    long silenceMs(String mn);

    /** When a known device was last heard before this start, epoch ms; empty if never. */
    OptionalLong lastHeard(String mn);

    /** Everybody is known and nothing was ever heard. */
    static Hj212Register open() {
        return new Hj212Register() {
            @Override
            public Standing standing(String mn, String passwordHash) {
                return Standing.KNOWN;
            }

            @Override
            public long silenceMs(String mn) {
                return Long.MAX_VALUE;
            }

            @Override
            public OptionalLong lastHeard(String mn) {
                return OptionalLong.empty();
            }
        };
    }
}
