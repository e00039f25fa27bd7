package dustwarden.core.alarm;

import java.util.List;
import java.util.Optional;

/**
 * Leave to be silent: somebody asks for it, somebody else grants it, and it always ends. It keeps notices back and never the
 * record of what was exceeded.
 *
 * @param reason one of {@link #REASONS}
 * @param scope what it is for; where it names nothing, the whole site
 * @param from epoch ms
 * @param to epoch ms, exclusive
 * @param approvedBy who granted it; it covers nothing before
 */
public record Waiver(
        String id, String reason, Scope scope, long from, long to, String filedBy, String text, Optional<String> approvedBy) {
    public static final List<String> REASONS = List.of("planned-work", "maintenance", "calibration");

    /** The longest that one may last, ms. */
    public static final long LONGEST_MS = 92L * 86_400_000;

    /** What is waived: all that is named must fit. */
    public record Scope(Optional<String> device, Optional<String> rule, Optional<String> unit) {
        boolean holds(Covers.About about) {
            return rule.map(about.rule()::equals).orElse(true)
                    && device.map(about.subject()::equals).orElse(true)
                    && unit.map(about.subject()::equals).orElse(true);
        }
    }

    public Waiver {
        if (to <= from || to - from > LONGEST_MS) {
            throw new IllegalArgumentException("a waiver lasts at most 92 days, got " + from + ".." + to);
        }
    }

    public Waiver approvedBy(String person) {
        return new Waiver(id, reason, scope, from, to, filedBy, text, Optional.of(person));
    }

    public Waiver endedAt(long now) {
        return new Waiver(id, reason, scope, Math.min(from, now - 1), now, filedBy, text, approvedBy);
    }

    boolean covers(Covers.About about, long now) {
        return approvedBy.isPresent() && from <= now && now < to && scope.holds(about);
    }
}
