package dustwarden.series;

import java.util.OptionalLong;

/**
 * How far a view has come in the two logs.
 *
 * @param entry offset of the next entry
 * @param decision number of the next decision
 * @param content offset of the entry that put the content in force; empty before the first
 */
public record Cursor(long entry, long decision, OptionalLong content) {
    public static final Cursor START = new Cursor(0, 0, OptionalLong.empty());

    public Cursor {
        if (entry < 0 || decision < 0) {
            throw new IllegalArgumentException("a cursor is 0 or more, got " + entry + " and " + decision);
        }
    }
}
