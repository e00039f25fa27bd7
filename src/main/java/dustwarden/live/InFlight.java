package dustwarden.live;

import java.time.Duration;
import java.util.TreeMap;
import java.util.TreeSet;

/** The numbers of alarms that are with the broker and not acknowledged, and how many other messages are. */
final class InFlight {
    private final TreeMap<Long, Long> sentAt = new TreeMap<>();
    private final TreeSet<Long> acknowledged = new TreeSet<>();
    private long done;
    private int others;
    private long otherSince;

    /** @param done all below it are acknowledged */
    InFlight(long done) {
        this.done = done;
    }

    int size() {
        return sentAt.size() + others;
    }

    void add(long number) {
        sentAt.put(number, System.nanoTime());
    }

    void addOther() {
        if (others++ == 0) {
            otherSince = System.nanoTime();
        }
    }

    void end(long number) {
        if (sentAt.remove(number) != null) {
            acknowledged.add(number);
        }
    }

    void endOther() {
        others = Math.max(0, others - 1);
        otherSince = System.nanoTime();
    }

    /** Whether it was acknowledged in a connection before this one. */
    boolean acknowledged(long number) {
        return acknowledged.contains(number);
    }

    /** Below it all is acknowledged, where everything below {@code next} was begun. */
    long doneBelow(long next) {
        done = Math.max(done, sentAt.isEmpty() ? next : Math.min(next, sentAt.firstKey()));
        acknowledged.headSet(done).clear();
        return done;
    }

    /** A new connection knows nothing of what was sent; answers from where to begin again. */
    long restart() {
        doneBelow(sentAt.isEmpty() ? done : sentAt.firstKey());
        sentAt.clear();
        others = 0;
        return done;
    }

    boolean overdue(Duration max) {
        long now = System.nanoTime();
        return !sentAt.isEmpty() && now - sentAt.firstEntry().getValue() > max.toNanos()
                || others > 0 && now - otherSince > max.toNanos();
    }
}
