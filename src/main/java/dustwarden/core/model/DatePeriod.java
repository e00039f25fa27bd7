package dustwarden.core.model;

import java.time.LocalDate;
import java.util.Optional;

/** A span of local dates, both ends inclusive; an absent end is open. */
public record DatePeriod(Optional<LocalDate> from, Optional<LocalDate> to) {
    public static final DatePeriod ALWAYS = new DatePeriod(Optional.empty(), Optional.empty());

    public DatePeriod {
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw new IllegalArgumentException("a period ends on or after its start, got " + from + ".." + to);
        }
    }

    public boolean contains(LocalDate date) {
        return !(from.isPresent() && date.isBefore(from.get())) && !(to.isPresent() && date.isAfter(to.get()));
    }
}
