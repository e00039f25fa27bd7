package dustwarden.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again until something holds, and fails when it takes too long. */
final class Await {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** A claim that may throw while it does not hold yet. */
    static void until(String claim, Duration most, Callable<Boolean> holds) {
        found(claim, most, () -> holds.call() ? Optional.of(true) : Optional.empty());
    }

    /** The first value that is there. */
    static <T> T found(String what, Duration most, Callable<Optional<T>> look) {
        long end = System.nanoTime() + most.toNanos();
        Optional<Exception> last = Optional.empty();
        do {
            try {
                Optional<T> value = look.call();
                if (value.isPresent()) {
                    return value.get();
                }
                last = Optional.empty();
            } catch (Exception e) {
                last = Optional.of(e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() < end);
        throw new AssertionError("did not come true in " + most + ": " + what, last.orElse(null));
    }
}
