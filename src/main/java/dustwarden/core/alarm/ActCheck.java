package dustwarden.core.alarm;

import dustwarden.core.alarm.AlarmBook.Outcome.Refused;
import java.util.Optional;

/** Why a person's act may not be done to an alarm, beyond what its state allows; a pure function. */
final class ActCheck {
    /** A shelf ends at the latest after so long. */
    private static final long SHELF_MAX_MS = 30L * 86_400_000;

    private ActCheck() {}

    static Optional<Refused> refusal(Alarm alarm, AlarmAct act, long now) {
        if (act.version().isPresent() && act.version().getAsLong() != alarm.version) {
            return refused("stale-version",
                    "the alarm is at version " + alarm.version + ", the act was meant for " + act.version().getAsLong());
        }
        if (act.kind() == AlarmAct.Kind.SHELVE && alarm.state instanceof AlarmState.Open) {
            return shelf(act, now);
        }
        boolean saysNothing = act.text().orElse("").isBlank() && act.pictures().isEmpty();
        if (saysNothing && (act.kind() == AlarmAct.Kind.COMMENT || act.kind() == AlarmAct.Kind.OBJECT)) {
            return refused("missing-field", "this act needs words under text");
        }
        if (act.kind() == AlarmAct.Kind.VERIFY && alarm.state instanceof AlarmState.Returned returned
                && returned.rectifiedBy().strip().equalsIgnoreCase(act.person().strip())) {
            return refused("same-person", "who mended it cannot verify it");
        }
        return alarm.state.after(act).isEmpty()
                ? refused("not-allowed", "an alarm that is " + alarm.state.word() + " cannot take this act")
                : Optional.empty();
    }

    private static Optional<Refused> shelf(AlarmAct act, long now) {
        if (act.until().isEmpty() || act.until().getAsLong() <= now) {
            return refused("missing-field", "shelving needs an end in the future under until");
        }
        if (act.until().getAsLong() > now + SHELF_MAX_MS) {
            return refused("out-of-range", "a shelf ends within 30 days");
        }
        return act.text().orElse("").isBlank()
                ? refused("missing-field", "shelving needs a reason under text")
                : Optional.empty();
    }

    private static Optional<Refused> refused(String reason, String detail) {
        return Optional.of(new Refused(reason, detail));
    }
}
