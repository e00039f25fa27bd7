package dustwarden.series;

/** What keeps data made from the two logs together with how far it has come. Used by one thread. */
public interface View extends AutoCloseable {
    /** The label of its metrics. */
    String name();

    Cursor cursor();

    /**
     * Takes a batch in and moves the cursor to its {@code next}, both or neither.
     *
     * @throws Unavailable nothing was taken in; the same batch may be tried again later
     * @throws RuntimeException something in it cannot be taken in
     */
    void apply(LogBatch batch);

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
