package dustwarden.core.judge;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The clock-aligned averaging periods of a zone: each local day is cut from its start, so that hours begin at the local
 * hour in every zone; a period of 24 h or more is the local day, however long that is.
 */
final class WindowGrid {
    static final long DAY_MS = 86_400_000;

    private final ZoneId zone;
    private long dayFrom;
    private long dayTo;

    WindowGrid(ZoneId zone) {
        this.zone = zone;
    }

    /** Start of the window that holds an instant, epoch ms. */
    long start(long periodMs, long at) {
        findDay(at);
        return periodMs >= DAY_MS ? dayFrom : at - (at - dayFrom) % periodMs;
    }

    /** End of the window that starts at {@code start}, exclusive; none reaches beyond its day. */
    long end(long periodMs, long start) {
        findDay(start);
        return periodMs >= DAY_MS ? dayTo : Math.min(start + periodMs, dayTo);
    }

    private void findDay(long at) {
        if (at >= dayFrom && at < dayTo) {
            return;
        }
        LocalDate date = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
        dayFrom = date.atStartOfDay(zone).toInstant().toEpochMilli();
        dayTo = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
