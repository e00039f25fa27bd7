package dustwarden.series;

/** Takes one batch into a view on the calling thread, for tests of views in other rooms. */
public final class ViewTurn {
    private ViewTurn() {}

    /** False where there was none. */
    public static boolean turn(ViewRunner runner) {
        return runner.turn();
    }
}
