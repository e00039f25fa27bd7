package dustwarden.simulate;

import java.time.Instant;

/** The clock of the demo as its driver turns it. */
public interface DemoClock {

    /** Sets the clock to a time of the past day; times come in order. Called before the messages up to it are sent. */
    void moveTo(Instant time);

    /** The past has been played: from now on the clock is the wall's. Called once. */
    void goLive();
}
