package dustwarden.app;

import dustwarden.app.node.Node;
import dustwarden.simulate.DemoClock;
import dustwarden.simulate.SteppedClock;
import java.time.Instant;

/** The demo's clock that lets the journal look again whenever it is moved. */
record WakingClock(SteppedClock clock, Node node) implements DemoClock {
    @Override
    public void moveTo(Instant time) {
        clock.moveTo(time);
        node.wake();
    }

    @Override
    public void goLive() {
        clock.goLive();
        node.wake();
    }
}
