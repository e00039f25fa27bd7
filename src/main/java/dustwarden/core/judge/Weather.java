package dustwarden.core.judge;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.util.EnumMap;
import java.util.Map;

/** Weather as one monitor reported it: momentary values in event time, only those flagged normal. */
public final class Weather {
    static final Quantity[] KEPT = {
        Quantity.TEMPERATURE, Quantity.RAIN, Quantity.WIND_SPEED, Quantity.WIND_DIRECTION, Quantity.HUMIDITY
    };

    private final Map<Quantity, Series> series = new EnumMap<>(Quantity.class);

    /** Below this a temperature may matter to a rule, °C; its changes are told in steps of half a degree. */
    private static final double COOL_C = 10;

    /** From here on wind may matter to a rule, m/s: below level 4 nothing is banned anywhere. */
    private static final double WINDY_MS = 5;
    /** Longer than any averaging period of wind. */
    private static final long WIND_TOLD_MS = 900_000;
    private static final long WIND_GAP_MS = 300_000;
    private static final long WIND_SPACING_MS = 1_000;

    private long newest = Long.MIN_VALUE;
    private long windToldUntil = Long.MIN_VALUE;
    private long windNewest = Long.MIN_VALUE;
    private long windToldAt = Long.MIN_VALUE;
    private int coldStep = Integer.MIN_VALUE;

    /** Keeps what is weather; answers whether rain or temperature now say what they did not say before. */
    boolean add(long ts, Values values, long everyMs) {
        boolean news = ts < newest;
        // A device that talks far faster than it should gives one value a twelfth of its cadence, which no mean misses.
        long spacing = Math.max(1, everyMs / 12);
        boolean crowd = newest != Long.MIN_VALUE && !news && Math.floorDiv(ts, spacing) == Math.floorDiv(newest, spacing);
        for (Quantity quantity : KEPT) {
            if (values.has(quantity) && values.get(quantity).flag() == Flag.N) {
                double number = values.get(quantity).number();
                if (!crowd || quantity == Quantity.RAIN) {
                    series.computeIfAbsent(quantity, q -> new Series()).add(ts, number);
                }
                news |= quantity == Quantity.RAIN && number > 0;
                news |= quantity == Quantity.TEMPERATURE && step(number);
            }
        }
        newest = Math.max(newest, ts);
        return news;
    }

    /**
     * Whether a wind speed may change what is known of wind: it blows, or did lately, or was not heard for a while. Calm
     * after calm changes nothing, and who waits for it to fall silent looks again by himself.
     *
     * @param validityMs how long one value counts
     */
    boolean windNews(long ts, Values values, long validityMs) {
        if (!values.has(Quantity.WIND_SPEED) || values.get(Quantity.WIND_SPEED).flag() != Flag.N) {
            return false;
        }
        boolean late = ts < windNewest;
        boolean again = windNewest == Long.MIN_VALUE || ts - windNewest >= Math.min(WIND_GAP_MS, validityMs);
        if (values.get(Quantity.WIND_SPEED).number() >= WINDY_MS || late || again) {
            windToldUntil = Math.max(windToldUntil, ts + WIND_TOLD_MS);
        }
        windNewest = Math.max(windNewest, ts);
        if (late || ts < windToldUntil && (windToldAt == Long.MIN_VALUE || ts - windToldAt >= WIND_SPACING_MS)) {
            windToldAt = Math.max(windToldAt, ts);
            return true;
        }
        return false;
    }

    /** Whether a temperature lies on another side of some whole or half degree than the last one, its bounds included. */
    private boolean step(double celsius) {
        double half = Math.min(celsius, COOL_C) * 2;
        int step = (int) (Math.floor(half) + Math.ceil(half));
        boolean other = step != coldStep;
        coldStep = step;
        return other;
    }

    /** The same values once more; what was told of them is begun anew. */
    Weather copy() {
        Weather copy = new Weather();
        series.forEach((quantity, s) -> copy.series.put(quantity, s.copy()));
        return copy;
    }

    /** Values of a quantity, mm since the last report for rain. */
    public Series of(Quantity quantity) {
        return series.getOrDefault(quantity, EMPTY);
    }

    void thin(long before, long stepMs, long forget) {
        series.forEach((quantity, s) -> {
            // Rain is an amount: thinning would lose some of it.
            s.thin(quantity == Quantity.RAIN ? forget : before, stepMs, forget);
        });
    }

    private static final Series EMPTY = new Series();
}
