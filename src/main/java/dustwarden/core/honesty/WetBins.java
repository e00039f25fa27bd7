package dustwarden.core.honesty;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Five-minute means of dust and humidity of one monitor over the last six hours, and whether it rained; state of plain
 * fields. What needs a longer look than one value is found here.
 */
final class WetBins {
    static final long BIN_MS = 300_000;
    private static final int BINS = 72;
    /** Dust falls by this share within ten minutes … */
    private static final double FALL = 0.60;
    /** … while the humidity at the device rises by this many points. */
    private static final double RISE = 10;
    private static final double LEAST_DUST = 30;
    private static final int COUPLED_BINS_LEAST = 48;
    private static final double COUPLED = 0.97;
    private static final double HUMID_FROM = 85;
    private static final double HUMID_SPAN = 15;
    private static final double DUST_RATIO = 2;
    private static final double TURN = 6;
    private static final int TURNS_LEAST = 2;

    private final double[] dust = new double[BINS];
    private final double[] humidity = new double[BINS];
    private final long[] bin = new long[BINS];
    private final boolean[] rained = new boolean[BINS];
    private long open = Long.MIN_VALUE;
    private double dustSum;
    private int dustCount;
    private double humiditySum;
    private int humidityCount;
    private boolean rain;

    WetBins() {
        Arrays.fill(bin, Long.MIN_VALUE);
    }

    /**
     * Takes the next values, later than all before; NaN where there is none.
     *
     * @return whether a bin was closed, so that there is something new to look at
     */
    boolean take(long ts, double dustValue, double humidityValue, boolean rains) {
        long number = Math.floorDiv(ts, BIN_MS);
        boolean closed = false;
        if (number != open) {
            closed = close();
            open = number;
        }
        if (!Double.isNaN(dustValue)) {
            dustSum += dustValue;
            dustCount++;
        }
        if (!Double.isNaN(humidityValue)) {
            humiditySum += humidityValue;
            humidityCount++;
        }
        rain |= rains;
        return closed;
    }

    private boolean close() {
        boolean whole = open != Long.MIN_VALUE && dustCount > 0 && humidityCount > 0;
        if (whole) {
            int at = Math.floorMod(open, BINS);
            bin[at] = open;
            dust[at] = dustSum / dustCount;
            humidity[at] = humiditySum / humidityCount;
            rained[at] = rain;
        }
        dustSum = 0;
        dustCount = 0;
        humiditySum = 0;
        humidityCount = 0;
        rain = false;
        return whole;
    }

    private int at(long number) {
        int at = Math.floorMod(number, BINS);
        return bin[at] == number ? at : -1;
    }


    /** The share of dust that fell as water came, empty where it did not, or where it rained. */
    OptionalDouble fell() {
        int after = at(open - 1);
        int before = at(open - 3);
        int between = at(open - 2);
        if (after < 0 || before < 0 || rained[after] || rained[before] || between >= 0 && rained[between]) {
            return OptionalDouble.empty();
        }
        double fall = dust[before] < LEAST_DUST ? 0 : 1 - dust[after] / dust[before];
        return fall >= FALL && humidity[after] - humidity[before] >= RISE ? OptionalDouble.of(fall) : OptionalDouble.empty();
    }

    /** By how many points the humidity rose where {@link #fell} answered. */
    double rose() {
        return humidity[at(open - 1)] - humidity[at(open - 3)];
    }

    /**
     * How closely dust followed the humidity over the last hours (Pearson, of the logarithm of dust against that of the
     * growth term 1 / (1 − RH)); empty where too little is known, or where humidity neither went up and down nor was high.
     */
    OptionalDouble coupling() {
        int n = 0;
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        double lowRh = Double.MAX_VALUE;
        double highRh = 0;
        double lowDust = Double.MAX_VALUE;
        double highDust = 0;
        int turns = 0;
        double edge = Double.NaN;
        int way = 0;
        for (long number = open - BINS; number < open; number++) {
            int at = at(number);
            if (at < 0) {
                continue;
            }
            if (rained[at]) {
                return OptionalDouble.empty();
            }
            double rh = Math.min(humidity[at], 98);
            double pm = Math.max(dust[at], 1);
            double x = -StrictMath.log(1 - rh / 100);
            double y = StrictMath.log(pm);
            n++;
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
            lowRh = Math.min(lowRh, rh);
            highRh = Math.max(highRh, rh);
            lowDust = Math.min(lowDust, pm);
            highDust = Math.max(highDust, pm);
            if (Double.isNaN(edge)) {
                edge = rh;
            } else if (way >= 0 && rh > edge || way <= 0 && rh < edge) {
                way = way == 0 ? (rh > edge ? 1 : -1) : way;
                edge = rh;
            } else if (Math.abs(rh - edge) >= TURN) {
                turns++;
                way = -way;
                edge = rh;
            }
        }
        if (n < COUPLED_BINS_LEAST || highRh < HUMID_FROM || highRh - lowRh < HUMID_SPAN || highDust < DUST_RATIO * lowDust
                || turns < TURNS_LEAST) {
            return OptionalDouble.empty();
        }
        double r = (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
        return r >= COUPLED ? OptionalDouble.of(r) : OptionalDouble.empty();
    }
}
