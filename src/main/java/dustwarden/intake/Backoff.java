package dustwarden.intake;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time up to a bound, half of it by chance. */
final class Backoff {
    private final long leastMs;
    private final long mostMs;
    private final RandomGenerator random;
    private long nextMs;

    Backoff(Duration least, Duration most, RandomGenerator random) {
        this.leastMs = least.toMillis();
        this.mostMs = most.toMillis();
        this.random = random;
        this.nextMs = leastMs;
    }

    Duration next() {
        long wait = nextMs / 2 + random.nextLong(nextMs / 2 + 1);
        nextMs = Math.min(mostMs, 2 * nextMs);
        return Duration.ofMillis(wait);
    }

    void reset() {
        nextMs = leastMs;
    }
}
