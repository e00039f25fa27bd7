package dustwarden.core;

/** The version of the judging code; it changes whenever the same journal would be decided otherwise. */
public final class CoreVersion {
    public static final String CURRENT = "7";

    private CoreVersion() {}
}
