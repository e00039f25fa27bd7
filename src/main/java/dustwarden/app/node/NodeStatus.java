package dustwarden.app.node;

import dustwarden.console.Status;
import dustwarden.core.DecisionJson;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The node's version, its judging clock, and how far a played history has come. */
final class NodeStatus implements Status {
    private final String version;
    private final InstantSource clock;
    private final ZoneId zone;
    private final AtomicReference<Optional<Progress>> progress = new AtomicReference<>(Optional.empty());

    NodeStatus(String version, InstantSource clock, ZoneId zone) {
        this.version = version;
        this.clock = clock;
        this.zone = zone;
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
