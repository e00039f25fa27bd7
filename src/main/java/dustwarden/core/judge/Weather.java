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

    private long newest = Long.MIN_VALUE;
    private int coldStep = Integer.MIN_VALUE;

    /** Keeps what is weather; answers whether rain or temperature now say what they did not say before. */
    boolean add(long ts, Values values) {
        boolean news = ts < newest;
        for (Quantity quantity : KEPT) {
            if (values.has(quantity) && values.get(quantity).flag() == Flag.N) {
                double number = values.get(quantity).number();
                series.computeIfAbsent(quantity, q -> new Series()).add(ts, number);
                news |= quantity == Quantity.RAIN && number > 0;
                news |= quantity == Quantity.TEMPERATURE && step(number);
            }
        }
        newest = Math.max(newest, ts);
        return news;
    }

    /** Whether a temperature lies on another side of some whole or half degree than the last one, its bounds included. */
    private boolean step(double celsius) {
        double half = Math.min(celsius, COOL_C) * 2;
        int step = (int) (Math.floor(half) + Math.ceil(half));
        boolean other = step != coldStep;
        coldStep = step;
        return other;
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
