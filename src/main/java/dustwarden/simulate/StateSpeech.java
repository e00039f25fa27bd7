package dustwarden.simulate;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;

/** Tells a state of a device at each beat and on connecting. */
record StateSpeech(String stream, Beat beat, State state) implements Speech {

    /** The words for the state at a moment. */
    interface State {
        Map<String, Object> at(Instant at, LocalDateTime local);
    }

    @Override
    public void between(Instant from, Instant to, Mouth mouth) {
        beat.moments(from, to, at -> opening(at, mouth));
    }

    @Override
    public void opening(Instant at, Mouth mouth) {
        mouth.say(at, stream, state.at(at, LocalDateTime.ofInstant(at, beat.zone())));
    }
}
