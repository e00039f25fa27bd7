package dustwarden.core.decode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was left out of one element and what was assumed, for whoever asks why. */
final class ProfileNotes {
    private static final int NAMED_MAX = 12;
    private static final int SAID_CHARS_MAX = 32;

    private final Set<String> dropped = new LinkedHashSet<>();
    private boolean unread;
    private final Set<String> tolerated = new LinkedHashSet<>();

    void dropped(String field, String why) {
        if (dropped.size() < NAMED_MAX) {
            dropped.add(field + ": " + why);
        }
    }

    /** As {@link #dropped}, of a value that is there and cannot be made into what it should be. */
    void unread(String field, String why) {
        unread = true;
        dropped(field, why);
    }

    boolean isUnread() {
        return unread;
    }

    void assumed(String field) {
        tolerated.add("assumed-" + field);
    }

    List<String> tolerated() {
        return List.copyOf(tolerated);
    }

    Optional<String> ignored() {
        return dropped.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", dropped));
    }

    /** A foreign text, short and harmless enough to be repeated. */
    static String clean(String said) {
        return said.substring(0, Math.min(said.length(), SAID_CHARS_MAX)).replaceAll("[^\\p{L}\\p{N}._ :/-]", "?");
    }
}
