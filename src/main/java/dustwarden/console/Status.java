package dustwarden.console;

import java.util.List;
import java.util.Optional;

/** The server's own state as the pages show it: version, its clock, how far a played history has come. */
public interface Status {
    /**
     * @param share 0 to 1 of the stretch
     * @param at where the played clock stands; times are ISO 8601 with offset
     */
    record Progress(boolean playing, double share, String from, String to, String at) {}

    /**
     * How a bureau that a monitor's data is sent on to stands.
     *
     * @param waiting frames that it has not acknowledged
     * @param days the newest days first
     */
    record Forwarded(String bureau, String device, boolean connected, long waiting, List<Day> days) {
        /** Readings of one day that were judged, and those of them that the bureau has. */
        public record Day(String day, long judged, long acknowledged, long dropped) {}
    }

    /** The bureaus of a site. */
    default List<Forwarded> forwarded(String site) {
        return List.of();
    }

    String version();

    /** The clock that judges, ISO 8601 with the settings' offset; in the demo it is the played one. */
    String now();

    /** Empty where no history is played. */
    Optional<Progress> progress();
}
