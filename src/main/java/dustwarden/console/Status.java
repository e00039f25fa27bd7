package dustwarden.console;

import java.util.Optional;

/** The server's own state as the pages show it: version, its clock, how far a played history has come. */
public interface Status {
    /**
     * @param share 0 to 1 of the stretch
     * @param at where the played clock stands; times are ISO 8601 with offset
     */
    record Progress(boolean playing, double share, String from, String to, String at) {}

    String version();

    /** The clock that judges, ISO 8601 with the settings' offset; in the demo it is the played one. */
    String now();

    /** Empty where no history is played. */
    Optional<Progress> progress();
}
