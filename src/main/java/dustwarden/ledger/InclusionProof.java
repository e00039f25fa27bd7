package dustwarden.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Proves that one item stands at its place in a log, without showing a neighbour.
 *
 * @param index the item's offset or number
 * @param canonical what the item's leaf hash covers, which starts the path: the item, or the short form of an entry that
 *     lists contents
 * @param firstOfBlock index of the first item of its block
 * @param blockSize items in the block
 * @param path sibling hashes from the leaf up to the block's root
 * @param previousChain the chain before this block; the chain after it is the hash of both
 * @param root the block's Merkle root
 * @param dayPath sibling hashes from the block's root up to the root of its local day; empty while the day is open
 * @param sealed false while the block still grows: its root is then that of the items so far, and provisional
 */
public record InclusionProof(
        long index,
        byte[] canonical,
        long firstOfBlock,
        int blockSize,
        List<byte[]> path,
        byte[] previousChain,
        byte[] root,
        Optional<DayPath> dayPath,
        boolean sealed) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** The place of a block's root under the root of its local day. */
    public record DayPath(String day, int index, int size, List<byte[]> path, byte[] root) {
        public DayPath {
            path = List.copyOf(path);
        }

        boolean proves(byte[] blockRoot) {
            return Merkle.proves(blockRoot, index, size, path, root);
        }
    }

    /** The item's leaf hash. */
    public byte[] leaf() {
        return Merkle.leaf(canonical);
    }

    /** The chain after the block: covers its root and all before. */
    public byte[] chain() {
        return Merkle.chain(previousChain, root);
    }

    /** True where the item, its path and its roots fit together. */
    public boolean holds() {
        if (index < firstOfBlock || index - firstOfBlock >= blockSize) {
            return false;
        }
        int at = Math.toIntExact(index - firstOfBlock);
        return Merkle.proves(Merkle.leaf(canonical), at, blockSize, path, root)
                && dayPath.map(d -> d.proves(root)).orElse(true);
    }
}
