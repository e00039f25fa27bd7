package dustwarden.series;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One row a reading, clustered by device and time: a column a quantity, and the flags where one is not normal. */
final class ReadingRows {
    private static final Quantity[] QUANTITIES = Quantity.values();
    private static final int FIRST = 4;
    private static final int FLAGS = FIRST + QUANTITIES.length;
    private static final String COLUMNS =
            Arrays.stream(QUANTITIES).map(q -> "\"" + q.wire() + "\"").collect(Collectors.joining(", "));
    private static final String INSERT = "INSERT OR IGNORE INTO reading(device, ts, received, " + COLUMNS
            + ", flags) VALUES(?, ?, ?, " + "?, ".repeat(QUANTITIES.length) + "?)";

    private ReadingRows() {}

    static void create(ViewDb db) {
        db.update("CREATE TABLE reading(device INTEGER NOT NULL, ts INTEGER NOT NULL, received INTEGER NOT NULL, "
                + COLUMNS.replace("\",", "\" REAL,") + " REAL, flags TEXT, PRIMARY KEY(device, ts)) WITHOUT ROWID");
    }

    static String column(Quantity quantity) {
        return "\"" + quantity.wire() + "\"";
    }

    /** Position of a quantity's flag in the text of flags, from 1; no text means that all are normal. */
    static int flagAt(Quantity quantity) {
        return quantity.ordinal() + 1;
    }

    /** Writes all rows in the order in which they stand in the file. */
    static void write(ViewDb db, Unwritten unwritten) {
        ViewDb.Rows rows = db.rows(INSERT);
        unwritten.forEach((device, row) -> {
            rows.set(1, device);
            rows.set(2, row.ts());
            rows.set(3, row.received());
            boolean normal = true;
            Values values = row.values();
            for (int i = 0; i < QUANTITIES.length; i++) {
                if (values.has(QUANTITIES[i])) {
                    Values.Value value = values.get(QUANTITIES[i]);
                    rows.set(FIRST + i, value.number());
                    normal &= value.flag() == Flag.N;
                } else {
                    rows.unset(FIRST + i);
                }
            }
            if (normal) {
                rows.unset(FLAGS);
            } else {
                rows.set(FLAGS, flags(values));
            }
            rows.add();
        });
    }

    private static String flags(Values values) {
        StringBuilder flags = new StringBuilder(QUANTITIES.length);
        for (Quantity quantity : QUANTITIES) {
            flags.append(values.has(quantity) ? values.get(quantity).flag().name() : "N");
        }
        return flags.toString();
    }
}
