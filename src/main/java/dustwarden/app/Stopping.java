package dustwarden.app;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns a signal to the process into an orderly stop with the exit code of the command; a second signal ends the process
 * at once.
 *
 * <p>A shutdown hook would not do: the exit code would be the signal's, and the log's own end could come first.
 */
final class Stopping {
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private Stopping() {}

    /** A latch that opens when the process is told to stop. */
    static CountDownLatch onSignal() {
        CountDownLatch stop = new CountDownLatch(1);
        for (String name : SIGNALS) {
            try {
                Signal.handle(new Signal(name), signal -> {
                    Signal.handle(signal, SignalHandler.SIG_DFL);
                    stop.countDown();
                });
            } catch (IllegalArgumentException e) {
                // Not every system has every signal, and nohup ignores one on purpose.
                continue;
            }
        }
        return stop;
    }
}
