package dustwarden.simulate;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a scenario says of one device; what it leaves empty the device does in its plainest form. */
public record DeviceScript(
        Map<String, Measured> readings,
        List<UnitWatch> units,
        List<Traffic> passages,
        List<Spraying> on,
        List<Running> running) {

    static final DeviceScript PLAIN =
            new DeviceScript(Map.of(), List.of(), List.of(), List.of(), List.of());

    public DeviceScript {
        readings = Map.copyOf(readings);
        units = List.copyOf(units);
        passages = List.copyOf(passages);
        on = List.copyOf(on);
        running = List.copyOf(running);
    }

    /**
     * One quantity of a monitor: {@code signal × scale + offset}, plus noise, kept in the quantity's range.
     *
     * @param noise the most that noise adds or takes away, in the quantity's unit
     * @param decimals digits after the point
     */
    public record Measured(Signal signal, double scale, double offset, double noise, int decimals) {
        public Measured {
            Objects.requireNonNull(signal, "signal");
            if (!(noise >= 0) || decimals < 0 || decimals > 6) {
                throw new IllegalArgumentException("noise " + noise + " or decimals " + decimals
                        + " out of bounds; wanted noise from 0 and decimals 0 to 6");
            }
        }
    }

    /**
     * A unit that a device reports: in order as a whole, but for the changes.
     *
     * @param every how often, where it is not the device's own interval and no times are given
     * @param times the times of day it is reported instead
     */
    public record UnitWatch(
            String unit,
            Optional<Duration> every,
            List<LocalTime> times,
            String source,
            Optional<String> by,
            List<Change> changes) {
        public UnitWatch {
            times = List.copyOf(times);
            changes = List.copyOf(changes);
        }
    }

    /** A stretch of the day in which a unit is in order only in part, or holds the work face. */
    public record Change(DailySpan span, double share, boolean active) {
        public Change {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("share " + share + " is not in 0 to 1");
            }
        }
    }

    /**
     * Vehicles that pass a gate all through a span, every so often, a little early or late.
     *
     * @param plates what all plates begin with; five digits follow, distinct within a day
     * @param washSecondsMin the least seconds in the wash; the most is the next parameter
     */
    public record Traffic(
            String direction,
            DailySpan span,
            Duration every,
            Duration jitter,
            String vehicle,
            String plates,
            boolean loaded,
            String cargo,
            int washSecondsMin,
            int washSecondsMax) {
        public Traffic {
            if (!span.from().isBefore(span.to())) {
                throw new IllegalArgumentException("traffic from " + span.from() + " to " + span.to()
                        + " goes over midnight; give two spans");
            }
            if (every.compareTo(Duration.ofSeconds(1)) < 0 || jitter.multipliedBy(2).compareTo(every) > 0) {
                throw new IllegalArgumentException("traffic every " + every + " with jitter " + jitter
                        + "; wanted at least a second and a jitter of at most half of it");
            }
            if (washSecondsMin < 0 || washSecondsMax < washSecondsMin) {
                throw new IllegalArgumentException("wash seconds " + washSecondsMin + " to " + washSecondsMax);
            }
        }
    }

    /** A spray runs at a flow in l/min. */
    public record Spraying(DailySpan span, double flow) {
        public Spraying {
            if (!(flow >= 0)) {
                throw new IllegalArgumentException("flow " + flow + " is below 0");
            }
        }
    }

    /** An activity runs in a zone. */
    public record Running(DailySpan span, String zone) {
        public Running {
            Objects.requireNonNull(zone, "zone");
        }
    }
}
