package dustwarden.simulate;

import java.util.Map;

/** The quantities a monitor may report and the range each is kept in. */
final class Quantities {

    private record Range(double low, double high) {
    }

    private static final Range DUST = new Range(0, 100_000);
    private static final Map<String, Range> RANGES = Map.ofEntries(
            Map.entry("pm10", DUST),
            Map.entry("pm25", DUST),
            Map.entry("tsp", DUST),
            Map.entry("noise", new Range(0, 160)),
            Map.entry("windSpeed", new Range(0, 75)),
            Map.entry("windDirection", new Range(0, 360)),
            Map.entry("temperature", new Range(-60, 80)),
            Map.entry("humidity", new Range(0, 100)),
            Map.entry("pressure", new Range(30, 120)),
            Map.entry("rain", new Range(0, 200)));

    private Quantities() {
    }

    static void check(String quantity, String path) {
        if (!RANGES.containsKey(quantity)) {
            throw new IllegalArgumentException(path + ": quantity '" + quantity + "' is unknown");
        }
    }

    /** The value brought into the quantity's range; directions go round, all else stops at the end. */
    static double within(String quantity, double value) {
        Range range = RANGES.get(quantity);
        if (quantity.equals("windDirection")) {
            double turned = value % range.high();
            return turned < 0 ? turned + range.high() : turned;
        }
        return Math.max(range.low(), Math.min(range.high(), value));
    }
}
