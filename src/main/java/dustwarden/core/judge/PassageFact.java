package dustwarden.core.judge;

import dustwarden.core.model.Observation.Passage;

/**
 * A passage as it came.
 *
 * @param gate the gate of the device that reported it
 * @param received epoch ms
 * @param offset its entry
 * @param skewMs how far the device's clock was known to be off, measured minus received; 0 where it was good
 * @param clockless whether the device was known to have no clock
 */
public record PassageFact(Passage passage, String gate, long received, long offset, long skewMs, boolean clockless) {
    /** The instant that it counts from: a clock that runs ahead cannot move it past its receipt. */
    public long at() {
        return Math.min(passage.ts(), received);
    }

    /** The earliest instant at which it may have been, by the clock as it stands and as it should. */
    public long earliest() {
        return Math.min(at(), passage.ts() - Math.max(0, skewMs));
    }

    /** The latest such instant. */
    public long latest() {
        return skewMs == 0 ? at() : Math.max(passage.ts(), passage.ts() - skewMs);
    }
}
