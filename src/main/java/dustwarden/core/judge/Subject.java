package dustwarden.core.judge;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the subject of a possible alarm stands under a rule now.
 *
 * @param id the unit, camera, gate, activity or monitor that the alarm is about
 * @param standing broken raises, in order returns, unclear does neither
 * @param failures how many failures the rule has seen of it so far; a rise inside an open alarm is an occurrence
 * @param peak the worst figure, where the rule has one
 * @param limit what it is held against
 */
public record Subject(
        String id, Standing standing, long failures, OptionalDouble peak, OptionalDouble limit, List<Reason> reasons) {

    /** Whether an alarm is called for. */
    public enum Standing {
        BROKEN,
        UNCLEAR,
        IN_ORDER
    }

    public Subject {
        reasons = List.copyOf(reasons);
    }

    /** Whether somebody whose word ends nothing says that it is mended. */
    public boolean rectified() {
        return reasons.stream().anyMatch(reason -> reason.code().endsWith("-rectified"));
    }
}
