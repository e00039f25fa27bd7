package dustwarden.intake;

import java.time.Duration;

/**
 * How many arrivals the journal waits for before its next commit, and for how long at most.
 *
 * <p>A commit costs about the same for one entry as for fifty, so under load commits are kept {@link #APART}. A sender may have to
 * wait for our acknowledgements before it goes on (a broker with a small window, a device that sends one by one): then arrivals fall
 * silent below the number waited for; that number is learned, and the next commit comes as soon as so many are there. Now and then
 * twice as many are waited for, to find out whether more would come.
 */
final class Gathering {
    /** The least time between the starts of two commits while arrivals keep coming. */
    static final Duration APART = Duration.ofMillis(5);

    /** Arrivals have fallen silent when none came for so long. */
    static final Duration SILENCE = Duration.ofMillis(1);

    private static final int SILENT_TIMES = 3;
    private static final int FILLED_TIMES = 16;

    private final int most;
    private int enough = 1;
    private int filled;
    private int silent;
    private int mostInSilence;
    private boolean started;
    private long lastStart;

    /** @param most arrivals that one commit can hold */
    Gathering(int most) {
        this.most = most;
    }

    /** So many arrivals are worth a commit at once. */
    int enough() {
        return enough;
    }

    /** @return nanoseconds for which arrivals may still gather; 0 or less: not at all */
    long left(long nanoTime) {
        return started ? lastStart + APART.toNanos() - nanoTime : 0;
    }

    /** A commit starts. */
    void commits(long nanoTime) {
        started = true;
        lastStart = nanoTime;
    }

    /** Arrivals fell silent when so many, fewer than enough, had gathered; once may be chance, several times in a row is not. */
    void fellSilent(int arrivals) {
        filled = 0;
        silent++;
        mostInSilence = Math.max(mostInSilence, arrivals);
        if (silent >= SILENT_TIMES) {
            enough = mostInSilence;
            speaks();
        }
    }

    /** So many arrivals as are enough had gathered. */
    void filled() {
        speaks();
        filled++;
        if (filled >= FILLED_TIMES) {
            enough = Math.min(most, 2 * enough);
            filled = 0;
        }
    }

    /** Neither: the time was over first, or something else called for a commit. */
    void cutShort() {
        speaks();
    }

    private void speaks() {
        silent = 0;
        mostInSilence = 0;
    }
}
