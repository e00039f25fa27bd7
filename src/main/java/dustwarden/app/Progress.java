package dustwarden.app;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Tells on standard error how far long work has come, every few seconds. */
final class Progress {
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(3);

    private final PrintWriter err;
    private final String what;
    private final long end;
    private long told = System.nanoTime();

    Progress(PrintWriter err, String what, long end) {
        this.err = err;
        this.what = what;
        this.end = end;
    }

    void reached(long count) {
        long now = System.nanoTime();
        if (now - told >= EVERY_NS) {
            told = now;
            err.println(what + " " + count + " of " + end);
            err.flush();
        }
    }
}
