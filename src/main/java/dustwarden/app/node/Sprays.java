package dustwarden.app.node;

import dustwarden.command.SprayView;
import dustwarden.core.Entry;
import dustwarden.intake.Arrival;
import dustwarden.intake.Inbox;
import dustwarden.intake.JournalWriter;
import dustwarden.series.Cursor;
import dustwarden.series.RecentLog;
import dustwarden.series.ViewRunner;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the view that tells sprays what to do, with what it acts through. */
final class Sprays {
    private static final Logger LOG = LoggerFactory.getLogger(Sprays.class);
    private static final ViewRunner.Pace PACE = new ViewRunner.Pace(4_000, Duration.ofMillis(500));
    private static final int BYTES = 1_024;

    private Sprays() {}

    /** A new one begins at the end of the journal: a past tells no spray anything. */
    static SprayView start(Node.Plan plan, RecentLog recent, SprayView.Publisher publisher, Inbox inbox, JournalWriter writer,
            Metrics metrics, Closing closing) {
        var end = recent.ledger().position();
        SprayView view = new SprayView(
                plan.data(),
                new Cursor(end.applied(), end.nextDecision(), OptionalLong.empty()),
                new SprayView.Doors(plan.settings().suppression()::of, publisher, json -> journal(inbox, json),
                        plan.wall()));
        ViewRunner runner = new ViewRunner(recent, view, PACE, batch -> {});
        closing.add("commands view", runner::close);
        writer.onDecisions((first, decisions) -> runner.wake());
        metrics.view(view.name(), runner::lag);
        runner.start();
        return view;
    }

    private static void journal(Inbox inbox, String json) {
        if (!inbox.offer(Arrival.of(received -> new Entry.Act(received, json), BYTES + json.length()))) {
            LOG.atError().log("the inbox is full: what came of a spray's run is not in the journal");
        }
    }
}
