package dustwarden.series;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How often the same thing happened since it was last told: told when it begins, then at most once a minute. */
final class Tellings {
    private static final long APART_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long untold;
    private long total;
    private long toldNanos;

    void add() {
        untold++;
        total++;
    }

    long total() {
        return total;
    }

    /** How often it happened since it was last told, where it is time to tell that. */
    OptionalLong due(long nowNanos) {
        if (untold == 0 || total > untold && nowNanos - toldNanos < APART_NANOS) {
            return OptionalLong.empty();
        }
        long due = untold;
        untold = 0;
        toldNanos = nowNanos;
        return OptionalLong.of(due);
    }
}
