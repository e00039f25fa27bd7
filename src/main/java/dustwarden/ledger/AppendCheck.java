package dustwarden.ledger;

import dustwarden.core.Entry;
import java.util.List;

/** Refuses an append that does not follow what is stored. */
final class AppendCheck {
    private AppendCheck() {}

    static void check(Position position, List<Entry> entries, List<StoredDecision> decisions, long applied) {
        long received = position.lastReceived().orElse(0);
        for (Entry e : entries) {
            if (e.received() < received) {
                throw new IllegalArgumentException("received " + e.received() + " is before the entry before it, " + received);
            }
            received = e.received();
        }
        long number = position.nextDecision();
        for (StoredDecision d : decisions) {
            if (d.number() != number++) {
                throw new IllegalArgumentException("decision " + d.number() + " where " + (number - 1) + " was due");
            }
            if (d.offset() >= applied) {
                throw new IllegalArgumentException("a decision of offset " + d.offset() + " with applied " + applied);
            }
        }
        if (applied < position.applied() || applied > position.nextOffset() + entries.size()) {
            throw new IllegalArgumentException(
                    "applied " + applied + " is not between " + position.applied() + " and the end of the journal");
        }
    }
}
