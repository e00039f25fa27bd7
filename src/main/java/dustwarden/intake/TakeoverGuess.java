package dustwarden.intake;

import java.time.Duration;

/**
 * Guesses that another process uses our client id, where the broker does not say so: again and again the connection ends
 * soon, the next attempt succeeds, and the session is still there.
 */
final class TakeoverGuess {
    private static final int LOSSES = 6;
    private static final long SOON_NANOS = Duration.ofSeconds(20).toNanos();

    private int losses;
    private boolean spoiled;

    /** An attempt failed: the broker itself was away. */
    void failed() {
        losses = 0;
    }

    void opened(boolean session) {
        spoiled = !session;
    }

    /** A connection ended after so long; whether it now looks like a fight. */
    boolean lost(long livedNanos) {
        losses = spoiled || livedNanos > SOON_NANOS ? 0 : losses + 1;
        return losses >= LOSSES;
    }

    void forget() {
        losses = 0;
    }
}
