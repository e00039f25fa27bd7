package dustwarden.ledger;

import java.util.ArrayList;
import java.util.List;

/** All levels of a tree, for many ways up through one tree. */
final class MerkleTree {
    private final List<List<byte[]>> levels = new ArrayList<>();

    /** @param leaves one or more */
    MerkleTree(List<byte[]> leaves) {
        levels.add(List.copyOf(leaves));
        while (top().size() > 1) {
            levels.add(Merkle.above(top()));
        }
    }

    private List<byte[]> top() {
        return levels.get(levels.size() - 1);
    }

    int size() {
        return levels.get(0).size();
    }

    byte[] root() {
        return top().get(0);
    }

    /** Siblings from a leaf up to the root. */
    List<byte[]> path(int index) {
        List<byte[]> path = new ArrayList<>(levels.size());
        int at = index;
        for (List<byte[]> level : levels) {
            int sibling = at ^ 1;
            if (level.size() > 1 && sibling < level.size()) {
                path.add(level.get(sibling));
            }
            at >>= 1;
        }
        return path;
    }
}
