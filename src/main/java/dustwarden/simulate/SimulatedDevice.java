package dustwarden.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the player needs to know of a registered device.
 *
 * @param every how often it reports
 * @param units the units it watches, in the register's order
 * @param activity the activity that an activity sensor watches
 */
public record SimulatedDevice(
        String id, Kind kind, Duration every, List<String> units, Optional<String> activity) {

    /** The kinds of device a register knows. */
    public enum Kind {
        MONITOR, CAMERA, GATE, UNIT_SENSOR, SPRAY, ACTIVITY;

        /** Reads the register's spelling, such as {@code unit-sensor}. */
        static Kind named(String name) {
            for (Kind kind : values()) {
                if (kind.spelled().equals(name)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("device kind '" + name
                    + "' is unknown; wanted monitor, camera, gate, unit-sensor, spray or activity");
        }

        String spelled() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public SimulatedDevice {
        Ids.check(id);
        Objects.requireNonNull(kind, "kind");
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("device " + id + ": every " + every + " is under a second");
        }
        units = List.copyOf(units);
        Objects.requireNonNull(activity, "activity");
        if (kind == Kind.ACTIVITY && activity.isEmpty()) {
            throw new IllegalArgumentException("device " + id + " names no activity");
        }
    }
}
