package dustwarden.core.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a monitor measures, with the wire name, unit and range that a value must lie in. */
public enum Quantity {
    PM10("pm10", "µg/m³", 0, 100_000),
    PM25("pm25", "µg/m³", 0, 100_000),
    TSP("tsp", "µg/m³", 0, 100_000),
    NOISE("noise", "dB(A)", 0, 160),
    WIND_SPEED("windSpeed", "m/s", 0, 75),
    WIND_DIRECTION("windDirection", "°", 0, 360),
    TEMPERATURE("temperature", "°C", -60, 80),
    HUMIDITY("humidity", "%", 0, 100),
    PRESSURE("pressure", "kPa", 30, 120),
    /** Millimetres since the last report. */
    RAIN("rain", "mm", 0, 200);

    private static final Map<String, Quantity> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Quantity::wire, Function.identity()));

    private final String wire;
    private final String unit;
    private final double min;
    private final double max;

    Quantity(String wire, String unit, double min, double max) {
        this.wire = wire;
        this.unit = unit;
        this.min = min;
        this.max = max;
    }

    /** The name on the wire and in every store, for example {@code windSpeed}. */
    public String wire() {
        return wire;
    }

    public String unit() {
        return unit;
    }

    /** Whether a value may be: both ends belong to the range. */
    public boolean inRange(double value) {
        return value >= min && value <= max;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public static Optional<Quantity> ofWire(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }
}
