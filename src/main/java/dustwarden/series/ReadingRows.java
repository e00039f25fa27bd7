package dustwarden.series;

import dustwarden.core.model.Observation.Reading;
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

    private final DeviceIds devices;

    ReadingRows(DeviceIds devices) {
        this.devices = devices;
    }

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

    void add(ViewDb db, Reading reading, long received) {
        ViewDb.Rows rows = db.rows(INSERT);
        rows.set(1, devices.of(db, reading.site(), reading.device()));
        rows.set(2, reading.ts());
        rows.set(3, received);
        Values values = reading.values();
        boolean normal = true;
        for (int i = 0; i < QUANTITIES.length; i++) {
            if (values.has(QUANTITIES[i])) {
                Values.Value value = values.get(QUANTITIES[i]);
                rows.set(FIRST + i, value.number());
                normal &= value.flag() == dustwarden.core.model.Flag.N;
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
    }

    private static String flags(Values values) {
        StringBuilder flags = new StringBuilder(QUANTITIES.length);
        for (Quantity quantity : QUANTITIES) {
            flags.append(values.has(quantity) ? values.get(quantity).flag().name() : "N");
        }
        return flags.toString();
    }
}
