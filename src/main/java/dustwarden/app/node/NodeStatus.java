package dustwarden.app.node;

import dustwarden.console.Status;
import dustwarden.core.DecisionJson;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The node's version, its judging clock, and how far a played history has come. */
final class NodeStatus implements Status {
    private final String version;
    private final InstantSource clock;
    private final ZoneId zone;
    private final AtomicReference<Optional<Progress>> progress = new AtomicReference<>(Optional.empty());

    private volatile Function<String, List<Forwarded>> forwards = site -> List.of();

    NodeStatus(String version, InstantSource clock, ZoneId zone) {
        this.version = version;
        this.clock = clock;
        this.zone = zone;
    }

    /** Tells how bureaus stand from now on. */
    void forwards(Function<String, List<Forwarded>> told) {
        forwards = told;
    }

    @Override
    public List<Forwarded> forwarded(String site) {
        return forwards.apply(site);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String now() {
        return DecisionJson.time(clock.millis(), zone);
    }

    @Override
    public Optional<Progress> progress() {
        return progress.get();
    }

    /** Notes how far a played history has come; answers it as it is shown. */
    Progress played(double share, long from, long to) {
        Progress now = new Progress(share < 1, share, DecisionJson.time(from, zone), DecisionJson.time(to, zone), now());
        progress.set(Optional.of(now));
        return now;
    }
}
