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

    /** Keeps what is weather; answers whether anything was. */
    boolean add(long ts, Values values) {
        boolean any = false;
        for (Quantity quantity : KEPT) {
            if (values.has(quantity) && values.get(quantity).flag() == Flag.N) {
                series.computeIfAbsent(quantity, q -> new Series()).add(ts, values.get(quantity).number());
                any = true;
            }
        }
        return any;
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
