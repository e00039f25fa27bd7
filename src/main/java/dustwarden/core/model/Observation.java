package dustwarden.core.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one accepted report says, as values of our own.
 *
 * <p>Every time in the core is in epoch milliseconds; {@code ts} is the device's measured time, never the time of
 * receipt.
 */
public sealed interface Observation {
    String site();

    /** The reporting device; the region path for {@link Background} and {@link Order}. */
    String device();

    /** The device's own time, epoch ms. */
    long ts();

    /** Whether {@link #ts} is the moment that the device spoke of, so that it tells of its clock and lateness. */
    default boolean isDated() {
        return !(this instanceof Heard || this instanceof Interval || this instanceof Status);
    }

    /** A word that was accepted and holds nothing that is judged; {@code ts} is when it was received. */
    record Heard(String site, String device, long ts) implements Observation {}

    /** Momentary values of a monitor. */
    record Reading(String site, String device, long ts, OptionalLong seq, Values values) implements Observation {}

    /**
     * Interval data that a monitor computed itself (HJ 212 CN 2051, 2061, 2031).
     *
     * @param ts start of the interval
     * @param periodMs its length
     */
    record Interval(String site, String device, long ts, long periodMs, Values values) implements Observation {}

    /** A camera's word on itself. */
    record Camera(String site, String device, long ts, boolean online, Claim recording, Claim blocked, Claim moved)
            implements Observation {}

    /** A vehicle through a gate. */
    record Passage(
            String site,
            String device,
            long ts,
            String id,
            Direction direction,
            Vehicle vehicle,
            Optional<String> plate,
            Claim loaded,
            Optional<Cargo> cargo,
            Claim covered,
            Claim overfull,
            Wash wash,
            Claim bypass,
            Optional<String> picture)
            implements Observation {}

    /** A report on a fence segment, zone or road. */
    record UnitReport(
            String site,
            String device,
            long ts,
            String unit,
            boolean good,
            double share,
            boolean active,
            Source source,
            By by,
            boolean confirmed,
            Optional<String> picture)
            implements Observation {
        public UnitReport {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share lies in 0..1, got " + share);
            }
        }
    }

    /** Whether a dusty activity runs, in a zone if named. */
    record Running(String site, String device, long ts, Activity activity, Optional<String> zone, boolean running)
            implements Observation {}

    /**
     * Whether a spray is on.
     *
     * @param flow litres a minute; empty where there is no meter
     */
    record Spray(String site, String device, long ts, boolean on, OptionalDouble flow) implements Observation {}

    /**
     * Whether a device says it is online; has no time of its own, {@code ts} is the time of receipt.
     *
     * @param position where it says that it is
     */
    record Status(String site, String device, long ts, boolean online, Optional<Site.Position> position)
            implements Observation {
        public Status(String site, String device, long ts, boolean online) {
            this(site, device, ts, online, Optional.empty());
        }
    }

    /**
     * Mean values of a region's background.
     *
     * @param site the region path
     * @param ts start of the period
     */
    record Background(String site, long ts, long periodMs, Values values) implements Observation {
        @Override
        public String device() {
            return site;
        }
    }

    /**
     * A restriction of a region: heavy pollution, wind or other.
     *
     * @param site the region path
     * @param ts start of the order
     * @param to its end, exclusive
     * @param exempt ids of sites that it does not bind
     */
    record Order(
            String site,
            long ts,
            long to,
            String id,
            String kind,
            Optional<String> grade,
            List<Activity> bans,
            List<String> exempt)
            implements Observation {
        public Order {
            bans = List.copyOf(bans);
            exempt = List.copyOf(exempt);
        }

        @Override
        public String device() {
            return site;
        }
    }

    /** Which way a vehicle went. */
    enum Direction {
        IN,
        OUT
    }

    /** The kind of vehicle; {@link #CAR} is not washed. */
    enum Vehicle {
        TRUCK,
        MIXER,
        OTHER_HEAVY,
        CAR
    }

    /** What a vehicle carries. */
    enum Cargo {
        SPOIL,
        SAND,
        CONCRETE,
        OTHER,
        NONE
    }

    /** The state of a vehicle's wheels. */
    enum Wheels {
        CLEAN,
        DIRTY,
        UNKNOWN
    }

    /** How a unit's state was seen. */
    enum Source {
        SENSOR,
        CAMERA,
        DRONE,
        SURVEY
    }

    /** Who made a survey. */
    enum By {
        INSPECTOR,
        SUPERVISION,
        CONTRACTOR
    }

    /**
     * What is known of a wash.
     *
     * @param seconds how long it lasted, empty when unknown
     */
    record Wash(OptionalDouble seconds, Claim pump, Wheels wheels) {
        public static final Wash UNKNOWN = new Wash(OptionalDouble.empty(), Claim.UNKNOWN, Wheels.UNKNOWN);
    }
}
