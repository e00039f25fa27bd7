package dustwarden.core.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A device that should report.
 *
 * @param everyMs how often it should report, in ms
 * @param side compass side of a monitor, for example {@code NE}
 * @param gate the gate it watches
 * @param units the units that a unit sensor watches
 * @param suppresses the activities whose dust a spray binds
 * @param activity what an activity sensor watches
 * @param hj212 set where the device speaks HJ 212
 * @param profile the profile that reads its payloads, where it speaks as its maker made it
 * @param topic its own topic pattern, with a profile
 * @param part which of the things that one such topic speaks of it is, for example a camera's name
 */
public record Device(
        String id,
        DeviceKind kind,
        long everyMs,
        Optional<String> side,
        Optional<LocalDate> calibrated,
        Optional<LocalDate> verifiedUntil,
        Optional<String> gate,
        List<String> units,
        List<Activity> suppresses,
        Optional<Activity> activity,
        Optional<Hj212> hj212,
        Optional<String> profile,
        Optional<String> topic,
        Optional<String> part) {

    /** A report counts for three times its device's cadence, and at least this long. */
    public static final long VALIDITY_MIN_MS = 180_000;

    public Device {
        if (everyMs <= 0) {
            throw new IllegalArgumentException("device " + id + " needs a cadence above 0, got " + everyMs + " ms");
        }
        units = List.copyOf(units);
        suppresses = List.copyOf(suppresses);
    }

    /** A device that has a topic, if any, to itself. */
    public Device(
            String id,
            DeviceKind kind,
            long everyMs,
            Optional<String> side,
            Optional<LocalDate> calibrated,
            Optional<LocalDate> verifiedUntil,
            Optional<String> gate,
            List<String> units,
            List<Activity> suppresses,
            Optional<Activity> activity,
            Optional<Hj212> hj212,
            Optional<String> profile,
            Optional<String> topic) {
        this(id, kind, everyMs, side, calibrated, verifiedUntil, gate, units, suppresses, activity, hj212, profile, topic,
                Optional.empty());
    }

    /** How long one report of the device counts, and so how long it may be silent, in ms. */
    public long validityMs() {
        return Math.max(VALIDITY_MIN_MS, 3 * everyMs);
    }

    /**
     * How a device speaks HJ 212.
     *
     * @param passwordHash keyed hash of its password as {@code core.decode} makes it; empty: not checked
     * @param scale by factor code, to µg/m³
     * @param minutes rules use its minute data (CN 2051) in place of its real-time data (CN 2011)
     * @param intervalMs what its minute data spans; empty: as its frames let suppose
     */
    public record Hj212(
            String mn, Optional<String> passwordHash, Map<String, Double> scale, boolean strict, boolean minutes,
            OptionalLong intervalMs) {
        public Hj212 {
            scale = Map.copyOf(scale);
        }

        /** One whose interval is told by its frames. */
        public Hj212(String mn, Optional<String> passwordHash, Map<String, Double> scale, boolean strict, boolean minutes) {
            this(mn, passwordHash, scale, strict, minutes, OptionalLong.empty());
        }
    }

    /** Whether rules use the minute data that it makes itself, a series of its own. */
    public boolean judgedByMinutes() {
        return hj212.isPresent() && hj212.get().minutes();
    }
}
