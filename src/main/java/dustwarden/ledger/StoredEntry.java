package dustwarden.ledger;

import dustwarden.core.Entry;

/** An entry with its place in the journal; offsets count from 0 without a gap. */
public record StoredEntry(long offset, Entry entry) {
    public StoredEntry {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is below 0");
        }
        java.util.Objects.requireNonNull(entry, "entry");
    }
}
