package dustwarden.core.model;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A dusty activity that a device can report as running. */
public enum Activity {
    EARTHWORK,
    DEMOLITION,
    HAULAGE,
    CUTTING,
    LOADING;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** An unchanging set that is walked through in the order of the constants, the same on every machine. */
    public static Set<Activity> setOf(Collection<Activity> activities) {
        return activities.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(activities));
    }

    public String wire() {
        return wire;
    }

    public static Optional<Activity> ofWire(String wire) {
        for (Activity activity : values()) {
            if (activity.wire().equals(wire)) {
                return Optional.of(activity);
            }
        }
        return Optional.empty();
    }
}
