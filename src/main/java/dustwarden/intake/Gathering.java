package dustwarden.intake;

import java.time.Duration;

/**
 * How many arrivals the journal waits for before its next commit, for how long at most, and how many it takes at once.
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

    /** A batch is no larger than what the core takes in about so long: what it decides is stored only after the batch. */
    static final Duration STEPPED_MOST = Duration.ofMillis(20);

    private static final int BATCH_LEAST = 64;
    private static final int SILENT_TIMES = 3;
    private static final int FILLED_TIMES = 16;

    private final int most;
    private int batch;
    private int enough = 1;
    private int filled;
    private int silent;
    private int mostInSilence;
    private boolean started;
    private long lastStart;

    /** @param most arrivals that one commit can hold */
    Gathering(int most) {
        this.most = most;
        this.batch = Math.min(most, BATCH_LEAST);
    }

    /** So many arrivals a batch may hold. */
    int batch() {
        return batch;
    }

    /** So many entries were stepped in this time; few tell little. */
    void stepped(int entries, long nanos) {
        if (entries >= Math.min(most, BATCH_LEAST)) {
            long fit = STEPPED_MOST.toNanos() * entries / Math.max(1, nanos);
            batch = (int) Math.max(Math.min(most, BATCH_LEAST), Math.min(most, Math.min(fit, 2L * batch)));
        }
    }

    /** So many arrivals are worth a commit at once. */
    int enough() {
        return Math.min(enough, batch);
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
