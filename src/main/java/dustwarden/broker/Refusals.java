package dustwarden.broker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts one kind of what the broker refuses, and says so in the log at most once a minute. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final int WHO_CHARS_MAX = 80;

    private final String what;
    private final LongAdder count = new LongAdder();
    private final AtomicLong toldNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Refusals(String what) {
        this.what = what;
    }

    /** @param who the client's name or address: never a secret or a payload */
    void add(String who) {
        count.increment();
        long now = System.nanoTime();
        long told = toldNanos.get();
        if (now - told >= QUIET_NANOS && toldNanos.compareAndSet(told, now)) {
            LOG.atWarn()
                    .addKeyValue("what", what)
                    .addKeyValue("who", printable(who))
                    .addKeyValue("count", count.sum())
                    .log("broker refused a client");
        }
    }

    long count() {
        return count.sum();
    }

    private static String printable(String who) {
        String clean = who.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= WHO_CHARS_MAX ? clean : clean.substring(0, WHO_CHARS_MAX);
    }
}
