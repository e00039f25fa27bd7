package dustwarden.ledger;

import java.util.ArrayList;
import java.util.List;

/** Goes once through the stored decisions, entry by entry, a page in memory at a time. */
final class DecisionCursor {
    private static final int PAGE = 1000;

    private final LedgerReading ledger;
    private List<StoredDecision> page = List.of();
    private int at;
    private long next;

    DecisionCursor(LedgerReading ledger, long firstNumber) {
        this.ledger = ledger;
        this.next = firstNumber;
    }

    /** The decisions of an entry; offsets are asked for in rising order. */
    List<StoredDecision> of(long offset) {
        List<StoredDecision> found = new ArrayList<>();
        while (fill() && page.get(at).offset() <= offset) {
            StoredDecision d = page.get(at++);
            if (d.offset() == offset) {
                found.add(d);
            }
        }
        return found;
    }

    private boolean fill() {
        if (at == page.size()) {
            page = ledger.decisions(next, PAGE);
            next += page.size();
            at = 0;
        }
        return at < page.size();
    }
}
