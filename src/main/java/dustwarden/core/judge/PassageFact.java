package dustwarden.core.judge;

import dustwarden.core.model.Observation.Passage;

/**
 * A passage as it came.
 *
 * @param gate the gate of the device that reported it
 * @param received epoch ms
 * @param offset its entry
 */
public record PassageFact(Passage passage, String gate, long received, long offset) {}
