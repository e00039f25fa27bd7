package dustwarden.ledger;

import java.util.List;

/**
 * Items of a log that are sealed under one Merkle root.
 *
 * @param mark of the last item: received time of an entry, offset of a decision
 * @param chain covers this root and all before
 */
record Block(long first, List<byte[]> items, long mark, byte[] root, byte[] chain) {
    Block {
        items = List.copyOf(items);
    }
}
