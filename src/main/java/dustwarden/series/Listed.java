package dustwarden.series;

import java.util.List;
import java.util.Optional;

/** One page of a list: JSON objects, and the cursor of the next page while there is one. */
public record Listed(List<String> items, Optional<String> next) {
    public Listed {
        items = List.copyOf(items);
    }

    /** The place of a numbered list that a cursor names; throws {@link CursorRefused}. */
    public static long place(Optional<String> cursor, long first) {
        try {
            return cursor.map(Long::parseLong).orElse(first);
        } catch (NumberFormatException e) {
            throw new CursorRefused(cursor.orElse(""));
        }
    }

    /** Cuts a list that is all there to the page at an index. */
    static Listed slice(List<String> all, int limit, Optional<String> cursor) {
        int from = (int) Math.max(0, Math.min(all.size(), place(cursor, 0)));
        int to = Math.min(all.size(), from + limit);
        return new Listed(all.subList(from, to), to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    }

    /** A cursor that was never given out. */
    public static final class CursorRefused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        CursorRefused(String cursor) {
            super("not a cursor of this list: " + cursor);
        }
    }
}
