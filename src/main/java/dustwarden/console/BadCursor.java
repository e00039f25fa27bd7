package dustwarden.console;

/** Fails a list's future: the cursor is none that this list gave out. */
public final class BadCursor extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public BadCursor(String cursor) {
        super("cursor is not one of this list: " + cursor);
    }
}
