package dustwarden.series;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Readings that are not in the file yet, by device and time; filled by one thread, looked at by any. */
final class Unwritten {
    /** A reading as its row will be. */
    record Row(long ts, long received, Values values) {
        boolean has(Quantity quantity) {
            return values.has(quantity);
        }

        double value(Quantity quantity) {
            return values.get(quantity).number();
        }

        Flag flag(Quantity quantity) {
            return values.get(quantity).flag();
        }
    }

    private final TreeMap<Long, TreeMap<Long, Row>> byDevice = new TreeMap<>();
    private int count;

    /** Of two readings of one moment the first stays. */
    synchronized void add(long device, Reading reading, long received) {
        TreeMap<Long, Row> rows = byDevice.computeIfAbsent(device, k -> new TreeMap<>());
        if (rows.putIfAbsent(reading.ts(), new Row(reading.ts(), received, reading.values())) == null) {
            count++;
        }
    }

    synchronized int count() {
        return count;
    }

    /** Rows of a device that have the quantity, at {@code from} or later and before {@code to}, in order. */
    synchronized List<Row> of(long device, Quantity quantity, long from, long to) {
        NavigableMap<Long, Row> rows = byDevice.get(device);
        if (rows == null || from >= to) {
            return List.of();
        }
        List<Row> found = new ArrayList<>();
        for (Row row : rows.subMap(from, true, to, false).values()) {
            if (row.has(quantity)) {
                found.add(row);
            }
        }
        return found;
    }

    /** The earliest time of a device whose reading was not late. */
    synchronized OptionalLong first(long device, long lateMs) {
        return byDevice.getOrDefault(device, new TreeMap<>()).values().stream()
                .filter(row -> row.received() - row.ts() <= lateMs)
                .mapToLong(Row::ts)
                .findFirst();
    }

    /** Told of each row by device and time. */
    interface Each {
        void row(long device, Row row);
    }

    /** To be called by the thread that fills it. */
    void forEach(Each each) {
        byDevice.forEach((device, rows) -> rows.values().forEach(row -> each.row(device, row)));
    }
}
