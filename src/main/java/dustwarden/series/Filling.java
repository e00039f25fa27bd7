package dustwarden.series;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes all of the logs into a view on the calling thread.
 *
 * <p>A store that is down at the start ends it at once, since a person waits who can mend that. One that fails on the way is tried
 * again, ever more seldom, and ends it when nothing was taken in for some minutes.
 */
public final class Filling {
    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);
    private static final ViewRunner.Pace PACE = new ViewRunner.Pace(5_000, Duration.ZERO);
    private static final Duration WAIT_FIRST = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    static final int TRIES_MAX = 10;

    private final ViewRunner runner;
    private final View view;
    private final Consumer<Duration> pause;

    public Filling(RecentLog log, View view) {
        this(log, view, Filling::sleep);
    }

    Filling(RecentLog log, View view, Consumer<Duration> pause) {
        this.runner = new ViewRunner(log, view, PACE, batch -> {});
        this.view = view;
        this.pause = pause;
    }

    /**
     * Runs to the end of what is decided.
     *
     * @param reached told of the view's next entry after each batch
     * @return entries that were put aside
     * @throws View.Unavailable the store takes nothing in
     */
    public long run(LongConsumer reached) {
        long furthest = view.cursor().entry();
        boolean any = false;
        int tries = 0;
        boolean more = true;
        while (more) {
            try {
                more = runner.turn();
                reached.accept(view.cursor().entry());
            } catch (View.Unavailable e) {
                if (!any || ++tries > TRIES_MAX) {
                    throw e;
                }
                Duration wait = WAIT_FIRST.multipliedBy(1L << Math.min(tries - 1, 10));
                LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("reason", e.getMessage()).log("it is tried again");
                pause.accept(wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
            }
            if (view.cursor().entry() > furthest) {
                furthest = view.cursor().entry();
                any = true;
                tries = 0;
            }
        }
        return runner.quarantined();
    }

    private static void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new View.Unavailable("正在停止: stopping", new InterruptedException());
            }
            LockSupport.parkNanos(left);
        }
    }
}
