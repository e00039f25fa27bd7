package dustwarden.ledger;

import java.util.List;

/** Consecutive items of a log as read back. */
record Chunk(long first, List<byte[]> items) {
    long next() {
        return first + items.size();
    }
}
