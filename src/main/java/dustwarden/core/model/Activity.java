package dustwarden.core.model;

import java.util.Locale;
import java.util.Optional;

/** A dusty activity that a device can report as running. */
public enum Activity {
    EARTHWORK,
    DEMOLITION,
    HAULAGE,
    CUTTING,
    LOADING;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
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
