package dustwarden.simulate;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What a run has sent and heard back; may be counted from any thread. */
final class Counts {

    private static final long CHECK_MILLIS = 20;

    private final LongAdder sent = new LongAdder();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private long lastAcknowledged;
    private long lastNanos = System.nanoTime();

    void sent() {
        sent.increment();
    }

    void acknowledged() {
        acknowledged.increment();
    }

    void failed() {
        errors.increment();
    }

    long errors() {
        return errors.sum();
    }

    boolean allAcknowledged() {
        return acknowledged.sum() == sent.sum();
    }

    /** One line with the rate since the line before. */
    String line() {
        long now = System.nanoTime();
        long acknowledgedNow = acknowledged.sum();
        double rate = (acknowledgedNow - lastAcknowledged) * 1e9 / Math.max(1, now - lastNanos);
        lastNanos = now;
        lastAcknowledged = acknowledgedNow;
        return String.format(Locale.ROOT, "sent %d  acknowledged %d  %.0f/s  errors %d",
                sent.sum(), acknowledgedNow, rate, errors());
    }

    /** Waits until each message sent was answered, or the time is over. */
    void awaitAnswers(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (acknowledged.sum() + errors.sum() < sent.sum() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
        }
    }
}
