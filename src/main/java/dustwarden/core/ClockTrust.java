package dustwarden.core;

import dustwarden.core.decode.Clock;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.model.Device;

/** Tells the facts what a device's clock is worth before they take what the device says. */
final class ClockTrust {
    private ClockTrust() {}

    static void tell(SiteFacts facts, Device device, Clock clock, long now) {
        if (clock.state() == Clock.Grade.NONE) {
            facts.loseClock(device, now);
        } else if (clock.state() == Clock.Grade.SKEWED) {
            facts.clock(device, clock.offsetMs().orElse(0), now);
        } else if (clock.state() == Clock.Grade.GOOD) {
            facts.clock(device, 0, now);
        }
    }
}
