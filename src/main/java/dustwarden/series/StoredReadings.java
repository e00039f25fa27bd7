package dustwarden.series;

import dustwarden.core.model.Quantity;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The readings that a question sees: those in the file as it is read, and those that were not in it yet before. */
record StoredReadings(ViewDb db, Unwritten unwritten) {
    /** One value of a reading; {@code flag} is {@code N} where it is good. */
    record Value(long ts, double value, char flag) {}

    /** The time of a device's first reading that was not late. */
    OptionalLong first(long device, long lateMs) {
        OptionalLong waiting = unwritten.first(device, lateMs);
        OptionalLong written = db.first(
                        "SELECT ts FROM reading WHERE device = ? AND received - ts <= ? ORDER BY ts LIMIT 1",
                        r -> r.maybeNumber(0), device, lateMs)
                .orElseGet(OptionalLong::empty);
        return LongStream.concat(waiting.stream(), written.stream()).min();
    }

    /** Values of a device at {@code from} or later and before {@code to}, in order, at most {@code atMost}. */
    List<Value> values(long device, Quantity quantity, long from, long to, int atMost) {
        String column = ReadingRows.column(quantity);
        List<Value> written = db.query(
                "SELECT ts, " + column + ", substr(flags, " + ReadingRows.flagAt(quantity) + ", 1) FROM reading "
                        + "WHERE device = ? AND ts >= ? AND ts < ? AND " + column + " IS NOT NULL ORDER BY ts LIMIT ?",
                r -> new Value(r.number(0), r.maybeReal(1).orElseThrow(), r.maybeText(2).orElse("N").charAt(0)),
                device, from, to, atMost);
        List<Unwritten.Row> waiting = unwritten.of(device, quantity, from, to);
        if (waiting.isEmpty()) {
            return written;
        }
        TreeMap<Long, Value> all = new TreeMap<>();
        for (Unwritten.Row row : waiting) {
            all.put(row.ts(), new Value(row.ts(), row.value(quantity), row.flag(quantity).name().charAt(0)));
        }
        written.forEach(value -> all.put(value.ts(), value));
        return all.values().stream().limit(atMost).toList();
    }
}
