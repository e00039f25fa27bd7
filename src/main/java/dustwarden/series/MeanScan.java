package dustwarden.series;

import dustwarden.core.judge.Windows;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Means of one device and quantity: those that were decided, and before and after them the same made of raw rows. */
final class MeanScan {
    private static final int ROWS_MAX = 200_000;

    private final PointSource source;
    private final String name;
    private final long everyMs;
    private final Quantity quantity;
    private final long periodMs;
    private final int windowsMax;
    private final Windows windows;

    MeanScan(PointSource source, String name, long everyMs, PointQuery query, ZoneId zone) {
        this.source = source;
        this.name = name;
        this.everyMs = everyMs;
        this.quantity = query.quantity();
        this.periodMs = query.periodMs().orElseThrow();
        this.windowsMax = query.limit() + 1;
        this.windows = new Windows(Set.of(new Windows.Spec(quantity, periodMs)), zone);
    }

    /** @param completeTo every window that starts before it and has a value is among the points */
    record Found(List<Point> points, long completeTo) {}

    /** Windows that start in a stretch, in order; a stretch with too many rows is cut short. */
    Found scan(long from, long to) {
        Optional<PointSource.Span> decided = source.decided(name, quantity, periodMs);
        if (decided.isEmpty()) {
            return raw(from, to);
        }
        long first = decided.get().first();
        long after = windows.end(periodMs, decided.get().last());
        List<Point> points = new ArrayList<>();
        if (from < first) {
            Found before = raw(from, Math.min(to, first));
            points.addAll(before.points());
            if (before.completeTo() < Math.min(to, first)) {
                return before;
            }
        }
        List<Point> stored = stored(Math.max(from, first), Math.min(to, after));
        points.addAll(stored);
        if (stored.size() == windowsMax) {
            return new Found(points, stored.get(stored.size() - 1).at() + 1);
        }
        if (to > after) {
            Found later = raw(Math.max(from, after), to);
            points.addAll(later.points());
            return new Found(points, later.completeTo());
        }
        return new Found(points, to);
    }

    private List<Point> stored(long from, long to) {
        return source.means(name, quantity, periodMs, from, to, windowsMax).stream()
                .map(m -> new Point(name, m.start(), m.mean(), new Point.Extra.Captured(m.capture())))
                .toList();
    }

    private Found raw(long from, long to) {
        if (from >= to) {
            return new Found(List.of(), to);
        }
        long start = windows.start(periodMs, from);
        long rowsFrom = start == from ? from : windows.end(periodMs, start);
        long rowsTo = windows.end(periodMs, windows.start(periodMs, to - 1));
        List<StoredReadings.Value> rows = source.values(name, quantity, rowsFrom, rowsTo, ROWS_MAX);
        long completeTo = rows.size() < ROWS_MAX ? to : windows.start(periodMs, rows.get(rows.size() - 1).ts());
        List<Long> starts = new ArrayList<>();
        CircularMean around = new CircularMean();
        for (StoredReadings.Value row : rows) {
            if (row.flag() != 'N') {
                continue;
            }
            long at = windows.start(periodMs, row.ts());
            if (at >= completeTo || starts.size() > windowsMax) {
                break;
            }
            windows.add(name, quantity, everyMs, row.ts(), row.value(), Flag.N, row.ts(), 0);
            around.add(at, row.value());
            if (starts.isEmpty() || starts.get(starts.size() - 1) != at) {
                starts.add(at);
            }
        }
        if (starts.size() > windowsMax) {
            completeTo = Math.min(completeTo, starts.remove(starts.size() - 1));
        }
        List<Point> points = new ArrayList<>(starts.size());
        for (long at : starts) {
            Windows.Mean mean = windows.mean(name, quantity, periodMs, at).orElseThrow();
            double value = quantity == Quantity.WIND_DIRECTION ? around.degrees(at) : mean.mean();
            points.add(new Point(name, at, value, new Point.Extra.Captured(mean.capture())));
        }
        return new Found(points, completeTo);
    }
}
