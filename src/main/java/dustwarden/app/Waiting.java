package dustwarden.app;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Says on standard error, every few seconds, that work which cannot count itself still runs. */
final class Waiting implements AutoCloseable {
    private static final int EVERY_SECONDS = 5;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread thread = new Thread(run, "waiting");
        thread.setDaemon(true);
        return thread;
    });

    Waiting(PrintWriter err, String what) {
        AtomicInteger seconds = new AtomicInteger();
        timer.scheduleAtFixedRate(
                () -> {
                    err.println(what + " " + seconds.addAndGet(EVERY_SECONDS) + " s");
                    err.flush();
                },
                EVERY_SECONDS,
                EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
