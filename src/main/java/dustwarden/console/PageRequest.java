package dustwarden.console;

import java.util.Optional;

/** Which page of a list is wanted: at most {@code limit} items (1 to 1,000) after {@code cursor}. */
public record PageRequest(int limit, Optional<String> cursor) {
    public static final int LIMIT_DEFAULT = 100;
    public static final int LIMIT_MAX = 1000;

    public PageRequest {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + LIMIT_MAX + ", was " + limit);
        }
    }
}
