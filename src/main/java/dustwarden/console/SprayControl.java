package dustwarden.console;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Takes a person's word to a spray, and lists what sprays were told. */
public interface SprayControl {
    /** What a spray is to do. */
    enum Mode {
        ON,
        OFF,
        /** By itself again. */
        AUTO
    }

    /** @param until when it goes by itself again; empty only with {@code AUTO} */
    record Override(String site, String device, Mode mode, Optional<Instant> until, String person, String text) {
        public Override {
            if (person.isBlank()) {
                throw new IllegalArgumentException("person must not be blank");
            }
        }
    }

    /** What became of it. */
    sealed interface Outcome {
        /** It is in the journal; the command follows from there. */
        record Taken() implements Outcome {}

        record NoSuchDevice() implements Outcome {}

        record NotNow(String why) implements Outcome {}
    }

    Future<Outcome> override(Override override);

    /** Commands, newest first. */
    Future<Page> commands(Optional<String> site, Sight sight, PageRequest page);
}
