package dustwarden.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Proves that one item stands at its place in a log, without showing a neighbour.
 *
 * @param index the item's offset or number
 * @param canonical the item's canonical encoding, whose leaf hash starts the path
 * @param firstOfBlock index of the first item of its block
 * @param blockSize items in the block
 * @param path sibling hashes from the leaf up to the block's root
 * @param previousChain the chain before this block; the chain after it is the hash of both
 * @param root the block's Merkle root
 * @param dayPath sibling hashes from the block's root up to the root of its local day; empty while the day is open
 */
public record InclusionProof(
        long index,
        byte[] canonical,
        long firstOfBlock,
        int blockSize,
        List<byte[]> path,
        byte[] previousChain,
        byte[] root,
        Optional<DayPath> dayPath) {
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

    /** True where the item, its path and its roots fit together. */
    public boolean holds() {
        int at = Math.toIntExact(index - firstOfBlock);
        return Merkle.proves(Merkle.leaf(canonical), at, blockSize, path, root)
                && dayPath.map(d -> d.proves(root)).orElse(true);
    }
}
