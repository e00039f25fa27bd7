package dustwarden.simulate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** A demo clock that others read: it stands at the last step until it goes live, and never runs backwards. */
public final class SteppedClock implements DemoClock, InstantSource {

    private final InstantSource wall;
    private Instant latest;
    private boolean live;

    public SteppedClock(InstantSource wall, Instant start) {
        this.wall = Objects.requireNonNull(wall, "wall");
        this.latest = Objects.requireNonNull(start, "start");
    }

    @Override
    public synchronized Instant instant() {
        if (live) {
            later(wall.instant());
        }
        return latest;
    }

    @Override
    public synchronized void moveTo(Instant time) {
        later(time);
    }

    @Override
    public synchronized void goLive() {
        live = true;
    }

    private void later(Instant time) {
        if (time.isAfter(latest)) {
            latest = time;
        }
    }
}
