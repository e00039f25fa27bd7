package dustwarden.app.node;

import dustwarden.console.Status.Forwarded;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import dustwarden.intake.JournalWriter;
import dustwarden.live.BureauClient;
import dustwarden.live.BureauTarget;
import dustwarden.series.RecentLog;
import dustwarden.series.ViewRunner;
import dustwarden.settings.Forward;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends monitors' data on to bureaus; whether a bureau is there stops nothing else. */
final class BureauFeeds {
    private static final ViewRunner.Pace PACE = new ViewRunner.Pace(2_000, Duration.ofMillis(250));

    private final List<BureauClient> clients = new ArrayList<>();

    /** Starts one client for each bureau of the settings; {@code recent} must be told of commits before. */
    void start(Node.Plan plan, RecentLog recent, JournalWriter writer, Metrics metrics, Closing closing) throws IOException {
        for (Forward forward : plan.settings().forwards()) {
            BureauClient client = client(plan, recent, target(plan, forward));
            ViewRunner runner = new ViewRunner(recent, client.view(), PACE, batch -> { });
            closing.add(runner.name(), () -> {
                client.close();
                runner.close();
            });
            writer.onEntries((first, entries) -> runner.wake());
            writer.onDecisions((first, decisions) -> runner.wake());
            metrics.forward(client);
            metrics.view(runner.name(), runner::lag);
            runner.start();
            client.start();
            clients.add(client);
        }
    }

    private static BureauClient client(Node.Plan plan, RecentLog recent, BureauTarget target) throws IOException {
        try {
            return new BureauClient(plan.data(), recent, target, plan.wall());
        } catch (RuntimeException e) {
            throw new IOException("the file of what is due to " + target + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static BureauTarget target(Node.Plan plan, Forward forward) throws IOException {
        Optional<Site> site = plan.contents().sites().stream().filter(s -> s.id().equals(forward.site())).findFirst();
        Optional<Device> monitor = site.flatMap(forward::monitor);
        if (monitor.isEmpty()) {
            throw new IOException("forward: " + forward.site() + " has no such monitor");
        }
        return new BureauTarget(forward.site(), monitor.get().id(), site.get().zone(), forward.host(), forward.port(),
                forward.mn(), forward.password().value(), forward.st(), forward.timeout(), forward.resends(), forward.minutes());
    }

    /** How the bureaus of a site stand. */
    List<Forwarded> of(String site) {
        return clients.stream().filter(c -> c.site().equals(site)).map(BureauFeeds::told).toList();
    }

    private static Forwarded told(BureauClient client) {
        return new Forwarded(client.key(), client.device(), client.isConnected(), client.waiting(), client.days(31).stream()
                .map(d -> new Forwarded.Day(d.day(), d.judged(), d.acknowledged(), d.dropped()))
                .toList());
    }
}
