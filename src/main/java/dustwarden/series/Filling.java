package dustwarden.series;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Takes all of the logs into a view on the calling thread; a store that is down ends it at once. */
public final class Filling {
    private static final ViewRunner.Pace PACE = new ViewRunner.Pace(5_000, Duration.ZERO);

    private final ViewRunner runner;
    private final View view;

    public Filling(RecentLog log, View view) {
        this.runner = new ViewRunner(log, view, PACE, batch -> {});
        this.view = view;
    }

    /**
     * Runs to the end of what is decided.
     *
     * @param reached told of the view's next entry after each batch
     * @return entries that were put aside
     * @throws View.Unavailable the store takes nothing in
     */
    public long run(LongConsumer reached) {
        while (runner.turn()) {
            reached.accept(view.cursor().entry());
        }
        return runner.quarantined();
    }
}
