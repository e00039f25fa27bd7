package dustwarden.series;

import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.ledger.LedgerContents;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two logs, their newest part from memory: what a view that keeps up reads costs no look into the file, and is not
 * decoded again.
 *
 * <p>Must be told of commits before the views are woken. Entries that all views have taken in are let go.
 */
public final class RecentLog {
    private static final int ENTRIES_KEPT = 65_536;
    private static final int DECISIONS_KEPT = 8_192;
    private static final long BYTES_KEPT = 16 << 20;

    /**
     * An entry of the journal.
     *
     * @param taken what the core took from it; empty where that is not known any more and it must be decoded again
     */
    public record Known(StoredEntry entry, Optional<List<Taken>> taken) {}

    private final LedgerReading ledger;
    private final LedgerContents contents;
    private final Ring<Known> entries = new Ring<>(ENTRIES_KEPT, BYTES_KEPT);
    private final Ring<StoredDecision> decisions = new Ring<>(DECISIONS_KEPT, BYTES_KEPT);
    private final Map<String, Long> views = new HashMap<>();

    public RecentLog(LedgerReading ledger) {
        this(ledger, new LedgerContents(ledger));
    }

    /** @param contents shared with the core, so that nothing is read twice */
    public RecentLog(LedgerReading ledger, LedgerContents contents) {
        this.ledger = ledger;
        this.contents = contents;
    }

    public LedgerReading ledger() {
        return ledger;
    }

    LedgerContents contents() {
        return contents;
    }

    /** An {@code EntryListener}. */
    public void entriesCommitted(long firstOffset, List<Entry> added) {
        synchronized (entries) {
            for (int i = 0; i < added.size(); i++) {
                StoredEntry stored = new StoredEntry(firstOffset + i, added.get(i));
                entries.add(stored.offset(), new Known(stored, Optional.empty()), bytes(added.get(i)));
            }
        }
    }

    /** A {@code TakenListener}. */
    public void stepped(long firstOffset, List<Optional<List<Taken>>> taken) {
        synchronized (entries) {
            for (int i = 0; i < taken.size(); i++) {
                Optional<List<Taken>> one = taken.get(i);
                if (one.isPresent()) {
                    entries.change(firstOffset + i, known -> new Known(known.entry(), one));
                }
            }
        }
    }

    /** A {@code DecisionListener}. */
    public void decisionsCommitted(long firstNumber, List<StoredDecision> added) {
        synchronized (decisions) {
            for (StoredDecision decision : added) {
                decisions.add(decision.number(), decision, decision.json().length);
            }
        }
    }

    /** A view has taken in all entries below an offset. */
    void reached(String view, long offset) {
        synchronized (entries) {
            views.put(view, offset);
            letGo();
        }
    }

    /** A view has ended and needs nothing any more. */
    void left(String view) {
        synchronized (entries) {
            views.remove(view);
            letGo();
        }
    }

    private void letGo() {
        views.values().stream().min(Long::compare).ifPresent(entries::dropBelow);
    }

    /** Entries from an offset on, in order, at most {@code atMost}; empty only at the end. */
    public List<Known> entries(long from, int atMost) {
        List<Known> recent;
        synchronized (entries) {
            recent = entries.from(from, atMost);
        }
        return recent.isEmpty()
                ? ledger.entries(from, atMost).stream().map(e -> new Known(e, Optional.empty())).toList()
                : recent;
    }

    /** Decisions from a number on, in order, at most {@code atMost}; empty only at the end. */
    public List<StoredDecision> decisions(long from, int atMost) {
        List<StoredDecision> recent;
        synchronized (decisions) {
            recent = decisions.from(from, atMost);
        }
        return recent.isEmpty() ? ledger.decisions(from, atMost) : recent;
    }

    private static long bytes(Entry entry) {
        return entry instanceof Entry.Message m ? m.payload().length : 200;
    }
}
