package dustwarden.series;

import dustwarden.core.Entry;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The two logs, their newest part from memory: what a view that keeps up reads costs no look into the file.
 *
 * <p>Must be told of commits before the views are woken.
 */
public final class RecentLog {
    private static final int ENTRIES_KEPT = 16_384;
    private static final long BYTES_KEPT = 16 << 20;
    private static final int DECISIONS_KEPT = 8_192;

    private final LedgerReading ledger;
    private final Ring<StoredEntry> entries = new Ring<>(ENTRIES_KEPT);
    private final Ring<StoredDecision> decisions = new Ring<>(DECISIONS_KEPT);

    public RecentLog(LedgerReading ledger) {
        this.ledger = ledger;
    }

    public LedgerReading ledger() {
        return ledger;
    }

    /** An {@code EntryListener}. */
    public void entriesCommitted(long firstOffset, List<Entry> added) {
        for (int i = 0; i < added.size(); i++) {
            entries.add(firstOffset + i, new StoredEntry(firstOffset + i, added.get(i)), bytes(added.get(i)));
        }
    }

    /** A {@code DecisionListener}. */
    public void decisionsCommitted(long firstNumber, List<StoredDecision> added) {
        for (StoredDecision decision : added) {
            decisions.add(decision.number(), decision, decision.json().length);
        }
    }

    /** Entries from an offset on, in order, at most {@code atMost}; empty only at the end. */
    public List<StoredEntry> entries(long from, int atMost) {
        List<StoredEntry> recent = entries.from(from, atMost);
        return recent.isEmpty() ? ledger.entries(from, atMost) : recent;
    }

    /** Decisions from a number on, in order, at most {@code atMost}; empty only at the end. */
    public List<StoredDecision> decisions(long from, int atMost) {
        List<StoredDecision> recent = decisions.from(from, atMost);
        return recent.isEmpty() ? ledger.decisions(from, atMost) : recent;
    }

    private static long bytes(Entry entry) {
        return entry instanceof Entry.Message m ? m.payload().length : 200;
    }

    /** The last of a numbered log, without a gap. */
    private static final class Ring<T> {
        private final Object[] kept;
        private final long[] sizes;
        private long first;
        private long next;
        private long bytes;

        Ring(int capacity) {
            kept = new Object[capacity];
            sizes = new long[capacity];
        }

        synchronized void add(long number, T item, long size) {
            if (number != next) {
                first = number;
                next = number;
                bytes = 0;
                java.util.Arrays.fill(kept, Nothing.HERE);
            }
            int at = (int) (number % kept.length);
            if (next - first == kept.length) {
                drop();
            }
            kept[at] = item;
            sizes[at] = size;
            bytes += size;
            next++;
            while (bytes > BYTES_KEPT && next - first > 1) {
                drop();
            }
        }

        private void drop() {
            int at = (int) (first % kept.length);
            bytes -= sizes[at];
            kept[at] = Nothing.HERE;
            first++;
        }

        @SuppressWarnings("unchecked")
        synchronized List<T> from(long number, int atMost) {
            if (number < first || number >= next) {
                return List.of();
            }
            int count = (int) Math.min(atMost, next - number);
            List<T> found = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                found.add((T) kept[(int) ((number + i) % kept.length)]);
            }
            return found;
        }
    }

    /** What stands in an empty place. */
    private enum Nothing {
        HERE
    }
}
