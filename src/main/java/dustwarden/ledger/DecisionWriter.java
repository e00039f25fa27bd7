package dustwarden.ledger;

import dustwarden.core.Decision;

/** Writes a decision as its one canonical JSON line, without line end; the core brings it. */
@FunctionalInterface
public interface DecisionWriter {
    byte[] write(Decision decision);

    /** The decision as it is kept under {@code number}. */
    default StoredDecision stored(long number, Decision decision) {
        return new StoredDecision(
                number, decision.offset(), decision.at(), decision.type(), decision.concerns(), write(decision));
    }
}
