package dustwarden.core.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a site wants its alarms handled, as its file says under {@code alarms}; without it everybody is told at once, at any hour.
 *
 * @param ladder who is told after whom; empty: all at once, and the standard ladder for what is overdue
 * @param working outside of them deadlines of low and medium alarms stand still
 * @param quiet within them low alarms are not told
 * @param digest when what happened outside working hours is told in one
 * @param closed local dates on which the site is closed
 * @param verifyAfterMs how long a mended alarm must stay in order for the data to verify it; empty: people verify
 */
public record AlarmPlan(
        List<Rung> ladder,
        Optional<Hours> working,
        Optional<Hours> quiet,
        Optional<LocalTime> digest,
        List<DatePeriod> closed,
        OptionalLong verifyAfterMs) {
    public static final AlarmPlan NONE = new AlarmPlan(
            List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), OptionalLong.empty());

    /**
     * A role that is told, and how long after the one before it.
     *
     * @param afterMs counted from the missed deadline for the first that is told late, from the step before for the others
     */
    public record Rung(String role, long afterMs) {}

    public AlarmPlan {
        ladder = List.copyOf(ladder);
        closed = List.copyOf(closed);
    }

    /** A deadline so long after an instant, epoch ms; only what is urgent runs on outside working hours. */
    public long deadline(long from, long ms, boolean urgent, ZoneId zone) {
        return urgent || working.isEmpty() ? from + ms : working.get().after(from, ms, zone);
    }

    /** When the digest is told next after an instant, epoch ms: at its hour, else when work begins. */
    public long nextDigest(long at, ZoneId zone) {
        if (digest.isEmpty()) {
            return working.map(hours -> hours.nextChange(at, zone)).orElse(at);
        }
        LocalDate today = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
        long first = ZonedDateTime.of(today, digest.get(), zone).toInstant().toEpochMilli();
        return first > at ? first : ZonedDateTime.of(today.plusDays(1), digest.get(), zone).toInstant().toEpochMilli();
    }
}
