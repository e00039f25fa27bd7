package dustwarden.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The moments at which a device speaks of itself: every so often, and at the times of day when its state changes.
 *
 * <p>Regular moments lie in the last quarter of a minute, each device at its own, so that a clock stepped in whole
 * minutes' parts receives them soon after they are stamped.
 *
 * @param phase where in its interval a device speaks, counted from the epoch
 */
record Beat(Optional<Duration> every, Duration phase, Set<LocalTime> changes, ZoneId zone) {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long LATE_MILLIS = 45_000;

    Beat {
        changes = Set.copyOf(changes);
    }

    /** The beat of a device, at a phase of its own that chance gives it. */
    static Beat of(Duration every, Collection<LocalTime> changes, ZoneId zone, Noise chance) {
        long interval = every.toMillis();
        long within = 1 + chance.below(Math.min(interval, MINUTE_MILLIS - LATE_MILLIS) - 1, 1);
        long phase = interval < MINUTE_MILLIS
                ? within
                : chance.below(interval / MINUTE_MILLIS, 2) * MINUTE_MILLIS + LATE_MILLIS + within;
        return new Beat(Optional.of(every), Duration.ofMillis(phase), Set.copyOf(changes), zone);
    }

    /** Only at those times of day. */
    static Beat at(Collection<LocalTime> times, ZoneId zone) {
        return new Beat(Optional.empty(), Duration.ZERO, Set.copyOf(times), zone);
    }

    /** The moments from inclusive to exclusive; a moment that is both regular and a change comes twice. */
    void moments(Instant from, Instant to, Consumer<Instant> each) {
        every.ifPresent(interval -> {
            long step = interval.toMillis();
            long start = from.toEpochMilli() + (from.getNano() % 1_000_000 == 0 ? 0 : 1);
            long first = start + Math.floorMod(phase.toMillis() - start, step);
            for (long at = first; Instant.ofEpochMilli(at).isBefore(to); at += step) {
                each.accept(Instant.ofEpochMilli(at));
            }
        });
        if (!changes.isEmpty()) {
            LocalDate last = to.atZone(zone).toLocalDate();
            for (LocalDate day = from.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
                for (LocalTime change : changes) {
                    Instant at = day.atTime(change).atZone(zone).toInstant();
                    if (!at.isBefore(from) && at.isBefore(to)) {
                        each.accept(at);
                    }
                }
            }
        }
    }

    /** The number of the regular moment, which grows by one from each to the next. */
    long number(Instant at) {
        return every.map(interval -> Math.floorDiv(at.toEpochMilli(), interval.toMillis())).orElse(0L);
    }
}
