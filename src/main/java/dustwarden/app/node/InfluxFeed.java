package dustwarden.app.node;

import dustwarden.intake.JournalWriter;
import dustwarden.series.InfluxArchive;
import dustwarden.series.InfluxTarget;
import dustwarden.series.InfluxView;
import dustwarden.series.OlderPoints;
import dustwarden.series.RecentLog;
import dustwarden.series.ViewRunner;
import dustwarden.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Keeps an InfluxDB up with the journal; whether the server is there stops nothing else. */
final class InfluxFeed {
    private static final ViewRunner.Pace PACE = new ViewRunner.Pace(5_000, Duration.ofMillis(500));

    private InfluxFeed() {}

    /** Starts a view of the journal; {@code recent} must be told of commits before. */
    static ViewRunner start(
            Settings.Influx settings, Path data, RecentLog recent, JournalWriter writer, Metrics metrics, Closing closing)
            throws IOException {
        InfluxView view = open(settings, data);
        ViewRunner runner = new ViewRunner(recent, view, PACE, batch -> {});
        closing.add("influx view", () -> {
            view.abandon();
            runner.close();
        });
        writer.onEntries((first, entries) -> runner.wake());
        writer.onDecisions((first, decisions) -> runner.wake());
        metrics.view(runner.name(), runner::lag);
        runner.start();
        return runner;
    }

    /** What answers for series that are older than the embedded store, where the settings say so. */
    static Optional<OlderPoints.Archive> archive(Optional<Settings.Influx> settings, Closing closing) {
        return settings.filter(Settings.Influx::read).map(influx -> {
            InfluxArchive archive = InfluxArchive.open(target(influx));
            closing.add("influx archive", archive::close);
            return archive;
        });
    }

    static InfluxTarget target(Settings.Influx settings) {
        return new InfluxTarget(
                settings.url(), settings.org(), settings.bucket(), settings.token().value(), settings.split(),
                settings.regions());
    }

    private static InfluxView open(Settings.Influx settings, Path data) throws IOException {
        try {
            return InfluxView.open(data, target(settings));
        } catch (RuntimeException e) {
            throw new IOException(
                    data.resolve("influx.db") + " cannot be opened: " + e.getMessage()
                            + "; it holds only how far InfluxDB is: move it away and the bucket is filled again from the ledger",
                    e);
        }
    }
}
