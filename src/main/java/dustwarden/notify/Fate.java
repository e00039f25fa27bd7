package dustwarden.notify;

import java.util.Locale;

/** What became of a notice. */
public enum Fate {
    PENDING,
    SENT,
    MERGED,
    DEFERRED,
    FAILED,
    FALLEN_BACK;

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
