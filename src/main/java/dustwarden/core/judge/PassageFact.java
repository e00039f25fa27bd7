package dustwarden.core.judge;

import dustwarden.core.model.Observation.Passage;

/**
 * A passage as it came.
 *
 * @param gate the gate of the device that reported it
 * @param received epoch ms
 * @param offset its entry
 */
public record PassageFact(Passage passage, String gate, long received, long offset) {
    /** The instant that it counts from: a clock that runs ahead cannot move it past its receipt. */
    public long at() {
        return Math.min(passage.ts(), received);
    }
}
