package dustwarden.core;

import dustwarden.core.decode.Clock;
import dustwarden.core.judge.SiteFacts;
import java.util.Optional;

/** Tells the facts what a device's clock is worth before they take what the device says. */
final class ClockTrust {
    private ClockTrust() {}

    /** A report of a measured time was accepted; what is found of the clock where it is worth less now. */
    static Optional<Decision.Finding> heard(SiteFacts facts, Ear ear, long ts, long now, long offset) {
        Optional<Clock.Grade> changed = ear.memory().clock.heard(ts, now);
        tell(facts, ear, now);
        return changed.isPresent() ? found(facts, ear, now, offset) : Optional.empty();
    }

    /** A report was refused for its time. */
    static Optional<Decision.Finding> refused(SiteFacts facts, Ear ear, long now, long offset) {
        Optional<Clock.Grade> changed = ear.memory().clock.refused();
        tell(facts, ear, now);
        return changed.isPresent() ? found(facts, ear, now, offset) : Optional.empty();
    }

    private static void tell(SiteFacts facts, Ear ear, long now) {
        Clock clock = ear.memory().clock;
        if (clock.state() == Clock.Grade.NONE) {
            ear.facts().loseClock(now);
        } else if (clock.state() == Clock.Grade.SKEWED) {
            facts.clock(ear.device(), ear.facts(), clock.offsetMs().orElse(0), now);
        } else if (clock.state() == Clock.Grade.GOOD) {
            facts.clock(ear.device(), ear.facts(), 0, now);
        }
    }

    private static Optional<Decision.Finding> found(SiteFacts facts, Ear ear, long now, long offset) {
        Clock clock = ear.memory().clock;
        return clock.state() == Clock.Grade.SKEWED || clock.state() == Clock.Grade.NONE
                ? Optional.of(new Decision.Finding(now, offset, facts.site().id(), ear.device().id(),
                        "clock-" + clock.state().wire(), DeviceState.numbers(clock)))
                : Optional.empty();
    }
}
