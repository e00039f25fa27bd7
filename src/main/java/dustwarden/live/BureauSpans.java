package dustwarden.live;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.live.BureauFrames.Span;
import dustwarden.series.ViewDb;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Minute and hour data in the making: of values flagged N, kept in the bureau's own file until its time is over. */
final class BureauSpans {
    /** A reading may come so late and still count. */
    static final long LATE_MS = 60_000;

    /** A time that is over. */
    record Ended(long periodMs, long start, Map<Quantity, Span> spans) {}

    private final ViewDb db;
    private final long[] periodsMs;

    BureauSpans(ViewDb db, long... periodsMs) {
        this.db = db;
        this.periodsMs = periodsMs.clone();
    }

    /** @param closedMs ends of spans up to here were sent already: what comes later for them is real-time data only */
    void add(Observation.Reading reading, long closedMs) {
        for (long period : periodsMs) {
            long start = Math.floorDiv(reading.ts(), period) * period;
            if (start + period + LATE_MS > closedMs) {
                reading.values().forEach((quantity, value) -> {
                    if (value.flag() == Flag.N && BureauFrames.isForwarded(quantity)) {
                        add(period, start, quantity, value.number());
                    }
                });
            }
        }
    }

    private void add(long period, long start, Quantity quantity, double number) {
        boolean turning = quantity == Quantity.WIND_DIRECTION;
        double radians = Math.toRadians(number);
        db.update("INSERT INTO span VALUES(?, ?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT(period, start, quantity) DO UPDATE SET "
                        + "n = n + 1, sum = sum + excluded.sum, low = min(low, excluded.low), high = max(high, excluded.high), "
                        + "east = east + excluded.east, north = north + excluded.north",
                period, start, quantity.name(), number, number, number,
                turning ? Math.sin(radians) : 0.0, turning ? Math.cos(radians) : 0.0);
    }

    /** Takes out what was over at {@code now}, oldest first. */
    List<Ended> ended(long now) {
        List<Ended> ended = new ArrayList<>();
        for (long period : periodsMs) {
            long last = now - period - LATE_MS;
            for (long start : db.query("SELECT DISTINCT start FROM span WHERE period = ? AND start <= ? ORDER BY start",
                    r -> r.number(0), period, last)) {
                Map<Quantity, Span> spans = new EnumMap<>(Quantity.class);
                db.query("SELECT quantity, n, sum, low, high, east, north FROM span WHERE period = ? AND start = ?",
                        r -> spans.put(Quantity.valueOf(r.text(0)), span(r)), period, start);
                ended.add(new Ended(period, start, spans));
            }
            db.update("DELETE FROM span WHERE period = ? AND start <= ?", period, last);
        }
        return ended;
    }

    private static Span span(ViewDb.Row row) {
        double low = row.maybeReal(3).orElse(0);
        double high = row.maybeReal(4).orElse(0);
        double mean = row.maybeReal(2).orElse(0) / row.number(1);
        if (row.text(0).equals(Quantity.WIND_DIRECTION.name())) {
            double degrees = Math.toDegrees(Math.atan2(row.maybeReal(5).orElse(0), row.maybeReal(6).orElse(0)));
            mean = (degrees + 360) % 360;
        }
        return new Span(low, mean, high);
    }
}
