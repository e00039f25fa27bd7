package dustwarden.ledger;

import dustwarden.core.Decision;
import java.util.function.Supplier;

/** Writes a decision as its one canonical JSON line, without line end; the core brings it. */
@FunctionalInterface
public interface DecisionWriter {
    byte[] write(Decision decision);

    /** Writes it when asked, on any thread; what that takes of the core is looked up now. */
    default Supplier<byte[]> later(Decision decision) {
        byte[] line = write(decision);
        return () -> line;
    }

    /** The decision as it is kept under {@code number}. */
    default StoredDecision stored(long number, Decision decision) {
        return new StoredDecision(
                number, decision.offset(), decision.at(), decision.type(), decision.concerns(), write(decision));
    }
}
