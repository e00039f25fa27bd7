package dustwarden.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which local day a time belongs to; keeps the newest day at hand. For one thread at a time. */
final class Days {
    private final ZoneId zone;
    private long day;
    private long start = 1;
    private long end;

    Days(ZoneId zone) {
        this.zone = zone;
    }

    /** The day of a time, counted from 1970-01-01. */
    long of(long time) {
        if (time < start || time >= end) {
            LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
            day = date.toEpochDay();
            start = date.atStartOfDay(zone).toInstant().toEpochMilli();
            end = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return day;
    }
}
