package dustwarden.core.judge;

import dustwarden.core.model.Device;
import dustwarden.core.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The vector mean of a site's wind over a window.
 *
 * @param from the direction that it comes from, degrees in -180..180
 * @param speed of the vector mean, m/s
 * @param cause why there is none, as a reason's code
 */
record MeanWind(double from, double speed, Optional<String> cause) {
    /** Below this mean speed, m/s, dust goes nowhere in particular. */
    static final double CALM = 0.5;
    /** A monitor lies upwind or downwind within this angle, degrees. */
    static final double SECTOR = 60;

    private static final long PAIR_MS = 60_000;
    private static final double POINT = 22.5;
    /** The compass, a point each {@value #POINT} degrees. */
    private static final List<String> SIDES = List.of(
            "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW");

    private static final class Sum {
        private double east;
        private double north;
        private int values;
    }

    static MeanWind over(SiteFacts facts, List<Device> monitors, long start, long end) {
        Sum sum = new Sum();
        for (Device monitor : monitors) {
            Weather weather = facts.weather(monitor.id());
            Series speeds = weather.of(Quantity.WIND_SPEED);
            weather.of(Quantity.WIND_DIRECTION).forEach(start, end, (at, degrees) -> {
                OptionalDouble speed = speeds.last(at, PAIR_MS);
                if (speed.isPresent()) {
                    sum.east += speed.getAsDouble() * StrictMath.sin(StrictMath.toRadians(degrees));
                    sum.north += speed.getAsDouble() * StrictMath.cos(StrictMath.toRadians(degrees));
                    sum.values++;
                }
            });
        }
        if (sum.values == 0) {
            return new MeanWind(0, 0, Optional.of("wind-unknown"));
        }
        double speed = StrictMath.hypot(sum.east, sum.north) / sum.values;
        if (speed < CALM) {
            return new MeanWind(0, speed, Optional.of("wind-calm"));
        }
        return new MeanWind(StrictMath.toDegrees(StrictMath.atan2(sum.east, sum.north)), speed, Optional.empty());
    }

    /** The monitor that lies most squarely where the wind comes from. */
    Optional<Device> upwind(List<Device> monitors) {
        return monitors.stream()
                .filter(d -> angle(d, from) <= SECTOR)
                .min(Comparator.comparingDouble((Device d) -> angle(d, from)).thenComparing(Device::id));
    }

    /** The monitors that lie where it goes. */
    List<Device> downwind(List<Device> monitors) {
        return monitors.stream().filter(d -> angle(d, from + 180) <= SECTOR).toList();
    }

    private static double angle(Device monitor, double direction) {
        return monitor.side()
                .map(SIDES::indexOf)
                .filter(point -> point >= 0)
                .map(point -> Math.abs(Math.IEEEremainder(point * POINT - direction, 360)))
                .orElse(Double.MAX_VALUE);
    }
}
