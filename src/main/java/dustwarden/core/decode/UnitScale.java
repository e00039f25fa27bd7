package dustwarden.core.decode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How numbers in a maker's unit become ours: {@code ours = theirs * scale + offset}. */
record UnitScale(Dimension of, double scale, double offset) {
    /** What a unit measures, and so what it may be used for. */
    enum Dimension {
        /** Ours: µg/m³. */
        MASS,
        /** Ours: °C. */
        TEMPERATURE,
        /** Ours: kPa. */
        PRESSURE,
        /** Ours: m/s. */
        SPEED,
        /** Ours: %, and 1 for a share. */
        SHARE,
        /** Ours: mm. */
        RAIN,
        /** Ours: l/min. */
        FLOW,
        /** Ours: s. */
        DURATION,
        /** Nothing to convert. */
        PLAIN
    }

    private static final double INCH_OF_MERCURY_KPA = 3.386389;
    private static final double GALLON_L = 3.785411784;

    private static final Map<String, UnitScale> BY_NAME = Map.ofEntries(
            unit("µg/m³", Dimension.MASS, 1), unit("ug/m3", Dimension.MASS, 1), unit("µg/m3", Dimension.MASS, 1),
            unit("\u03bcg/m³", Dimension.MASS, 1), unit("\u03bcg/m3", Dimension.MASS, 1), unit("ug/m³", Dimension.MASS, 1),
            unit("ug/m^3", Dimension.MASS, 1), unit("µg/m^3", Dimension.MASS, 1), unit("mg/m^3", Dimension.MASS, 1000),
            unit("mg/m³", Dimension.MASS, 1000), unit("mg/m3", Dimension.MASS, 1000),
            unit("°C", Dimension.TEMPERATURE, 1), unit("C", Dimension.TEMPERATURE, 1),
            unit("degC", Dimension.TEMPERATURE, 1), unit("Celsius", Dimension.TEMPERATURE, 1),
            Map.entry("degF", new UnitScale(Dimension.TEMPERATURE, 5 / 9.0, -160 / 9.0)),
            Map.entry("°F", new UnitScale(Dimension.TEMPERATURE, 5 / 9.0, -160 / 9.0)),
            Map.entry("F", new UnitScale(Dimension.TEMPERATURE, 5 / 9.0, -160 / 9.0)),
            Map.entry("K", new UnitScale(Dimension.TEMPERATURE, 1, -273.15)),
            unit("kPa", Dimension.PRESSURE, 1), unit("hPa", Dimension.PRESSURE, 0.1), unit("mbar", Dimension.PRESSURE, 0.1),
            unit("Pa", Dimension.PRESSURE, 0.001), unit("mmHg", Dimension.PRESSURE, 0.1333223684),
            unit("inHg", Dimension.PRESSURE, INCH_OF_MERCURY_KPA),
            unit("m/s", Dimension.SPEED, 1), unit("km/h", Dimension.SPEED, 1 / 3.6), unit("mph", Dimension.SPEED, 0.44704),
            unit("kn", Dimension.SPEED, 1852 / 3600.0), unit("ft/s", Dimension.SPEED, 0.3048),
            unit("kt", Dimension.SPEED, 1852 / 3600.0), unit("kmh", Dimension.SPEED, 1 / 3.6), unit("yd/s", Dimension.SPEED, 0.9144),
            unit("%", Dimension.SHARE, 1), unit("fraction", Dimension.SHARE, 100),
            unit("mm", Dimension.RAIN, 1), unit("in", Dimension.RAIN, 25.4),
            unit("l/min", Dimension.FLOW, 1), unit("l/s", Dimension.FLOW, 60), unit("l/h", Dimension.FLOW, 1 / 60.0),
            unit("L/min", Dimension.FLOW, 1), unit("LPM", Dimension.FLOW, 1),
            unit("L/s", Dimension.FLOW, 60), unit("L/h", Dimension.FLOW, 1 / 60.0),
            unit("m³/min", Dimension.FLOW, 1000), unit("m3/min", Dimension.FLOW, 1000),
            unit("m³/h", Dimension.FLOW, 1000 / 60.0), unit("m3/h", Dimension.FLOW, 1000 / 60.0),
            unit("gal/min", Dimension.FLOW, GALLON_L),
            unit("s", Dimension.DURATION, 1), unit("ms", Dimension.DURATION, 0.001), unit("min", Dimension.DURATION, 60));

    private static Map.Entry<String, UnitScale> unit(String name, Dimension of, double scale) {
        return Map.entry(name, new UnitScale(of, scale, 0));
    }

    static Optional<UnitScale> of(String name, Dimension wanted) {
        return Optional.ofNullable(BY_NAME.get(name)).filter(unit -> unit.of == wanted);
    }

    /** The names that may be written for a dimension, sorted. */
    static Set<String> names(Dimension wanted) {
        Set<String> names = new TreeSet<>();
        BY_NAME.forEach((name, unit) -> {
            if (unit.of == wanted) {
                names.add(name);
            }
        });
        return names;
    }

    double apply(double theirs) {
        return theirs * scale + offset;
    }
}
