package dustwarden.core.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A local day of a zone.
 *
 * @param start epoch ms
 * @param end epoch ms, exclusive
 */
record LocalDay(ZoneId zone, LocalDate date, long start, long end) {
    /** The day last asked for, since nearly all that is asked is of today and the rules of a zone are slow to read. */
    private static volatile LocalDay last = of(ZoneId.of("UTC"), LocalDate.EPOCH);

    /** The day that holds an instant. */
    static LocalDay of(ZoneId zone, long at) {
        LocalDay before = last;
        if (at >= before.start && at < before.end && zone.equals(before.zone)) {
            return before;
        }
        LocalDay day = of(zone, Instant.ofEpochMilli(at).atZone(zone).toLocalDate());
        last = day;
        return day;
    }

    private static LocalDay of(ZoneId zone, LocalDate date) {
        return new LocalDay(zone, date, startOf(date, zone), startOf(date.plusDays(1), zone));
    }

    private static long startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
