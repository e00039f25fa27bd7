package dustwarden.intake;

import dustwarden.ledger.StoredDecision;
import java.util.List;

/** Told of decisions once they are on disk, on the journal's thread; must not block. */
@FunctionalInterface
public interface DecisionListener {
    void committed(long firstNumber, List<StoredDecision> decisions);
}
