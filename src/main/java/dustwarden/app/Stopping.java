package dustwarden.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns a signal to the process into an orderly stop. */
final class Stopping {
    private static final long PATIENCE_SECONDS = 30;

    private Stopping() {}

    /**
     * A latch that opens when the process is told to stop; the process then waits for the thread that called this to
     * finish what it does.
     */
    static CountDownLatch onSignal() {
        CountDownLatch stop = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    stop.countDown();
                    try {
                        main.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop"));
        return stop;
    }
}
