package dustwarden.series;

/** What keeps data made from the two logs together with how far it has come. Used by one thread. */
public interface View extends AutoCloseable {
    /** The label of its metrics. */
    String name();

    Cursor cursor();

    /**
     * Takes a batch in and moves the cursor to its {@code next}, both or neither. A store that is slow may be written to while the
     * next batch is made: its cursor moves later, and {@link #settle} waits for it.
     *
     * @throws Unavailable it, or one before it, was not taken in; the cursor, which may have gone back, says from where to go on
     * @throws RuntimeException something in it cannot be taken in
     */
    void apply(LogBatch batch);

    /**
     * Waits until all that was applied is stored, where {@link #apply} only began to.
     *
     * @throws Unavailable it is not; the cursor says from where to go on
     */
    default void settle() {
        // Most views store within apply.
    }

    /** Notes why a batch of one entry was not taken in, and moves the cursor past it. */
    void quarantine(LogBatch batch, String reason);

    @Override
    void close();

    /** The store cannot take anything at present. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
