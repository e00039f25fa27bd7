package dustwarden.series;

import java.util.HashMap;
import java.util.Map;

/** Means of directions by window: 350° and 10° make 0°, not 180°. */
final class CircularMean {
    private final Map<Long, double[]> sums = new HashMap<>();

    void add(long window, double degrees) {
        double[] sum = sums.computeIfAbsent(window, k -> new double[2]);
        sum[0] += Math.cos(Math.toRadians(degrees));
        sum[1] += Math.sin(Math.toRadians(degrees));
    }

    /** 0 to 360, 360 excluded; of a window that has a value. */
    double degrees(long window) {
        double[] sum = sums.get(window);
        double degrees = Math.toDegrees(Math.atan2(sum[1], sum[0]));
        double turned = (degrees % 360 + 360) % 360;
        return Math.abs(turned - 360) < 1e-9 || turned < 1e-9 ? 0 : turned;
    }
}
