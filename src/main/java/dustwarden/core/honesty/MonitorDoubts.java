package dustwarden.core.honesty;

import dustwarden.core.model.Device;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.core.model.Values.Value;
import java.util.EnumMap;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** What is doubted of one monitor, from its own readings in the order of their time; state of plain fields. */
final class MonitorDoubts {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long FROZEN_LEAST_MS = 2 * HOUR_MS;
    private static final long ZERO_LEAST_MS = HOUR_MS;
    private static final int REPORTS_LEAST = 12;
    /** Where the usual optical monitors end: from here on the same value again and again is the end of the range. */
    private static final double RANGE_FROM = 900;
    private static final int RANGE_REPORTS = 5;
    private static final int WETTINGS_LEAST = 2;
    /** Positioning without correction is off by some 10 m; a monitor carried to another corner is farther away. */
    private static final double MOVED_LEAST_M = 50;
    private static final Quantity[] DUST = {Quantity.PM10, Quantity.TSP, Quantity.PM25};

    final Standing standing = new Standing();
    private final EnumMap<Quantity, ValueRun> runs = new EnumMap<>(Quantity.class);
    private final WetBins bins = new WetBins();
    private final ScaleDay scale = new ScaleDay();
    private long last = Long.MIN_VALUE;
    private long sprayedUntil = -DAY_MS;
    private long wettedAt = -DAY_MS;
    private int wettings;
    // Where it first said that it is; null until it says so.
    private Site.Position place;

    /** Whether a reading is newer than all before; what comes late is not looked at, for order matters here. */
    boolean isNewer(Reading reading) {
        return reading.ts() > last;
    }

    /** A spray of the site ran. */
    void sprayed(long untilTs) {
        sprayedUntil = Math.max(sprayedUntil, untilTs);
    }

    void take(Reading reading, Device device, Consumer<Doubt> out) {
        last = reading.ts();
        standing.passed(reading.ts());
        for (Quantity quantity : DUST) {
            if (reading.values().has(quantity)) {
                run(reading, device, quantity, out);
            }
        }
        wet(reading, device, out);
        Quantity main = main(reading);
        if (main != null) {
            scale.take(reading.values().get(main).number(), device.everyMs());
        }
    }

    /** The dust that a reading speaks of first; null where of none. */
    private static Quantity main(Reading reading) {
        for (Quantity quantity : DUST) {
            if (reading.values().has(quantity) && reading.values().get(quantity).flag() == Flag.N) {
                return quantity;
            }
        }
        return null;
    }

    /** The dust value that series are compared by; NaN where there is none. */
    static double mainValue(Reading reading) {
        Quantity main = main(reading);
        return main == null ? Double.NaN : reading.values().get(main).number();
    }

    private void run(Reading reading, Device device, Quantity quantity, Consumer<Doubt> out) {
        Value value = reading.values().get(quantity);
        ValueRun run = runs.computeIfAbsent(quantity, q -> new ValueRun());
        long every = device.everyMs();
        boolean leapt = run.take(reading.ts(), value.number(), value.flag() == Flag.T, device.validityMs());
        long least = REPORTS_LEAST * every;
        if (run.count() >= REPORTS_LEAST && run.value() == 0 && run.lengthMs() >= Math.max(ZERO_LEAST_MS, least)) {
            see(device, DoubtKind.FLAT_ZERO, reading.ts(), every * 3, out, "quantity", quantity.wire(),
                    "minutes", run.lengthMs() / MINUTE_MS);
        } else if (run.ranged() >= RANGE_REPORTS
                || run.count() >= RANGE_REPORTS && run.value() >= RANGE_FROM && run.lengthMs() >= (RANGE_REPORTS - 1) * every) {
            see(device, DoubtKind.AT_RANGE, reading.ts(), every * 3, out, "quantity", quantity.wire(), "value", run.value());
        } else if (run.count() >= REPORTS_LEAST && run.value() != 0 && run.lengthMs() >= Math.max(FROZEN_LEAST_MS, least)) {
            see(device, DoubtKind.FROZEN, reading.ts(), every * 3, out, "quantity", quantity.wire(),
                    "value", run.value(), "minutes", run.lengthMs() / MINUTE_MS);
        }
        if (leapt && run.leapsOften()) {
            see(device, DoubtKind.JUMPS, reading.ts(), HOUR_MS, out, "quantity", quantity.wire(),
                    "from", run.leapFrom(), "to", run.value());
        }
    }

    private void wet(Reading reading, Device device, Consumer<Doubt> out) {
        double humidity = normal(reading, Quantity.HUMIDITY);
        double rain = normal(reading, Quantity.RAIN);
        if (!bins.take(reading.ts(), mainValue(reading), humidity, rain > 0)) {
            return;
        }
        OptionalDouble fell = bins.fell();
        if (fell.isPresent() && reading.ts() - wettedAt > 2 * WetBins.BIN_MS) {
            wettings = reading.ts() - wettedAt <= DAY_MS ? wettings + 1 : 1;
            wettedAt = reading.ts();
            if (wettings >= WETTINGS_LEAST) {
                see(device, DoubtKind.SPRAY_AT_INLET, reading.ts(), DAY_MS, out, "fellPercent",
                        Math.round(fell.getAsDouble() * 100), "humidityRose", Doubt.rounded(bins.rose()),
                        "sprayRan", sprayedUntil >= reading.ts() - 3 * WetBins.BIN_MS ? 1L : 0L, "times", (long) wettings);
            }
        }
        bins.coupling().ifPresent(r -> see(device, DoubtKind.HUMIDITY_COUPLED, reading.ts(), HOUR_MS, out,
                "correlation", Doubt.rounded(r), "hours", 6L));
    }

    private static double normal(Reading reading, Quantity quantity) {
        if (!reading.values().has(quantity)) {
            return Double.NaN;
        }
        Value value = reading.values().get(quantity);
        return value.flag() == Flag.N ? value.number() : Double.NaN;
    }

    /** The monitor says where it is. */
    void at(Site.Position here, long ts, Device device, Consumer<Doubt> out) {
        if (place == null) {
            place = here;
        }
        double metres = Ground.metres(place, here);
        if (metres > MOVED_LEAST_M) {
            see(device, DoubtKind.MOVED, Long.MAX_VALUE, 0, out, "metres", Math.round(metres));
        } else {
            standing.end(DoubtKind.MOVED);
        }
    }

    /** Where the monitor stands next is where it belongs. */
    void settle() {
        place = null;
        standing.end(DoubtKind.MOVED);
    }

    /** A local day has ended. */
    void dayEnded(Device device, long dayEnd, Consumer<Doubt> out) {
        scale.end().ifPresentOrElse(
                share -> see(device, DoubtKind.SCALE, dayEnd, DAY_MS + HOUR_MS, out, "share", Doubt.rounded(share)),
                () -> standing.end(DoubtKind.SCALE));
    }

    void see(Device device, DoubtKind kind, long ts, long holdMs, Consumer<Doubt> out, Object... numbers) {
        standing.seen(device.id(), kind, ts, holdMs, Doubt.numbers(numbers), out);
    }
}
