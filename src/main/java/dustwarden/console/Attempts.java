package dustwarden.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Failed logins: after a few, the next try of the same account from the same place must wait, each time longer; a place
 * that fails with many accounts waits too. What is remembered is bounded, the oldest goes first.
 */
final class Attempts {
    private static final int FREE_ACCOUNT = 5;
    private static final int FREE_PLACE = 50;
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    /** A place may be a proxy that many honest people stand behind. */
    private static final Duration WAIT_MAX_PLACE = Duration.ofSeconds(10);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final int KEPT_MAX = 10_000;

    private record Failures(int count, Instant last) {}

    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > KEPT_MAX;
        }
    };
    private final InstantSource clock;

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /** How long a try must wait; empty: go on. */
    synchronized Optional<Duration> wait(String place, String account) {
        Duration longest = longer(
                left(place, FREE_PLACE, WAIT_MAX_PLACE), left(place + "|" + account, FREE_ACCOUNT, WAIT_MAX));
        return longest.isZero() ? Optional.empty() : Optional.of(longest);
    }

    synchronized void failed(String place, String account) {
        note(place);
        note(place + "|" + account);
    }

    /** A right password ends the account's count, not the place's. */
    synchronized void succeeded(String place, String account) {
        failures.remove(place + "|" + account);
    }

    synchronized int size() {
        return failures.size();
    }

    private void note(String key) {
        Failures before = failures.get(key);
        boolean old = before == null || clock.instant().isAfter(before.last().plus(FORGOTTEN_AFTER));
        failures.put(key, new Failures(old ? 1 : before.count() + 1, clock.instant()));
    }

    private Duration left(String key, int free, Duration most) {
        Failures failed = failures.get(key);
        if (failed == null || failed.count() < free) {
            return Duration.ZERO;
        }
        long seconds = Math.min(most.toSeconds(), 1L << Math.min(20, failed.count() - free + 1));
        Duration left = Duration.between(clock.instant(), failed.last().plusSeconds(seconds));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
