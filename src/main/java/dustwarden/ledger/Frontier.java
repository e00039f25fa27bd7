package dustwarden.ledger;

import java.util.ArrayList;
import java.util.List;

/** A Merkle tree that grows on the right and keeps only the hashes it still needs; immutable. */
final class Frontier {
    static final Frontier EMPTY = new Frontier(List.of(), 0);

    // One hash for each set bit of the count, the widest subtree first.
    private final List<byte[]> peaks;
    private final int count;

    private Frontier(List<byte[]> peaks, int count) {
        this.peaks = peaks;
        this.count = count;
    }

    int count() {
        return count;
    }

    Frontier plus(byte[] hash) {
        List<byte[]> grown = new ArrayList<>(peaks);
        byte[] carry = hash;
        for (int rest = count; (rest & 1) == 1; rest >>= 1) {
            carry = Merkle.node(grown.remove(grown.size() - 1), carry);
        }
        grown.add(carry);
        return new Frontier(grown, count + 1);
    }

    /** The root of all; there must be one at least. */
    byte[] root() {
        byte[] root = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = Merkle.node(peaks.get(i), root);
        }
        return root;
    }
}
