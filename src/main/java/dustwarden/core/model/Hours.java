package dustwarden.core.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * Hours of certain days in a site's zone; what ends at or before its start ends on the next day.
 *
 * @param days on which it starts
 */
public record Hours(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    private static final int WEEK = 8;
    private static final int STRETCHES_MAX = 1_000;

    public Hours {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("hours want at least one day");
        }
        days = EnumSet.copyOf(days);
    }

    /** Whether an instant, epoch ms, lies in them. */
    public boolean hold(long at, ZoneId zone) {
        LocalDate day = date(at, zone);
        return within(day, at, zone) || within(day.minusDays(1), at, zone);
    }

    private boolean within(LocalDate day, long at, ZoneId zone) {
        return days.contains(day.getDayOfWeek()) && start(day, zone) <= at && at < end(day, zone);
    }

    /** When they begin or end next after an instant, epoch ms. */
    public long nextChange(long at, ZoneId zone) {
        return hold(at, zone) ? endAfter(at, zone) : startAfter(at, zone);
    }

    private long startAfter(long at, ZoneId zone) {
        LocalDate today = date(at, zone);
        for (int i = 0; i <= WEEK; i++) {
            LocalDate day = today.plusDays(i);
            if (days.contains(day.getDayOfWeek()) && start(day, zone) > at) {
                return start(day, zone);
            }
        }
        throw new IllegalStateException("some day of the week is theirs");
    }

    private long endAfter(long at, ZoneId zone) {
        LocalDate today = date(at, zone);
        long end = Long.MIN_VALUE;
        for (LocalDate day = today.minusDays(1); !day.isAfter(today); day = day.plusDays(1)) {
            if (within(day, at, zone)) {
                end = Math.max(end, end(day, zone));
            }
        }
        return end;
    }

    /** When so much time of theirs has passed since an instant, epoch ms. */
    public long after(long at, long ms, ZoneId zone) {
        long left = ms;
        long now = at;
        for (int i = 0; i < STRETCHES_MAX; i++) {
            if (!hold(now, zone)) {
                now = startAfter(now, zone);
            }
            long end = endAfter(now, zone);
            if (now + left <= end) {
                return now + left;
            }
            left -= end - now;
            now = end;
        }
        return now;
    }

    private long start(LocalDate day, ZoneId zone) {
        return ZonedDateTime.of(day, from, zone).toInstant().toEpochMilli();
    }

    private long end(LocalDate day, ZoneId zone) {
        return ZonedDateTime.of(to.isAfter(from) ? day : day.plusDays(1), to, zone).toInstant().toEpochMilli();
    }

    private static LocalDate date(long at, ZoneId zone) {
        return Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
    }
}
