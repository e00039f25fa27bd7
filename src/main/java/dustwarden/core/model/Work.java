package dustwarden.core.model;

import java.util.Locale;
import java.util.Optional;

/** A kind of works that a phase of the site's plan names. */
public enum Work {
    EARTHWORK,
    DEMOLITION,
    HAULAGE,
    CUTTING,
    GROUND_TREATMENT,
    FOUNDATION,
    STRUCTURE,
    DECORATION;

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Work> ofWire(String wire) {
        for (Work work : values()) {
            if (work.wire().equals(wire)) {
                return Optional.of(work);
            }
        }
        return Optional.empty();
    }
}
