package dustwarden.core.decode;

import dustwarden.core.model.Observation;
import java.util.List;
import java.util.Optional;

/** What a payload or one element of it became. */
public sealed interface Decoded {
    /**
     * Accepted, perhaps with nothing in it for us.
     *
     * @param tolerated names of deviations that were tolerated
     * @param ignored why there is no observation, or what was left out
     */
    record Accepted(List<Observation> observations, List<String> tolerated, Optional<String> ignored) implements Decoded {
        public Accepted {
            observations = List.copyOf(observations);
            tolerated = List.copyOf(tolerated);
        }
    }

    /**
     * Refused.
     *
     * @param reason a stable name, for example {@code not-json}
     * @param detail one sentence for people, without the payload
     */
    record Rejected(String reason, String detail) implements Decoded {}
}
