package dustwarden.intake;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the journal is told that an intake went down or came up; times are of a clock that only runs forward.
 *
 * <p>The start itself tells that we are up. A loss is told when it has lasted, at most once in ten seconds, so that a
 * connection that comes and goes fills no journal; an end of what was told is told at once.
 */
final class LinkReports {
    private static final long START_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LOSS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long APART_NANOS = Duration.ofSeconds(10).toNanos();

    private boolean up;
    private boolean toldUp = true;
    private long dueNanos;
    private long againNanos;

    LinkReports(long nowNanos) {
        dueNanos = nowNanos + START_NANOS;
        againNanos = nowNanos;
    }

    void is(boolean nowUp, long nowNanos) {
        if (up && !nowUp) {
            dueNanos = nowNanos + LOSS_NANOS;
        }
        up = nowUp;
    }

    /** What to tell now; to be asked again until {@link #told}. */
    Optional<Boolean> due(long nowNanos) {
        if (up == toldUp || !up && (nowNanos - dueNanos < 0 || nowNanos - againNanos < 0)) {
            return Optional.empty();
        }
        return Optional.of(up);
    }

    void told(boolean tellsUp, long nowNanos) {
        toldUp = tellsUp;
        if (!tellsUp) {
            againNanos = nowNanos + APART_NANOS;
        }
    }
}
