package dustwarden.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Merkle trees over SHA-256 as in RFC 6962: leaves and nodes are hashed apart by a first byte 0 or 1. */
final class Merkle {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final byte[] CHAIN = {2};
    private static final byte[] TAIL = {3};
    private static final ThreadLocal<MessageDigest> SHA = ThreadLocal.withInitial(Merkle::newSha256);

    private Merkle() {}

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] sha256(byte[]... parts) {
        MessageDigest sha = SHA.get();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return sha.digest();
    }

    static byte[] leaf(byte[] canonical) {
        return sha256(LEAF, canonical.length == 0 ? canonical : EntryCodec.covered(canonical));
    }

    static byte[] node(byte[] left, byte[] right) {
        return sha256(NODE, left, right);
    }

    /** The hash of a tail: covers the leaves in it and, through {@code previous}, all before. */
    static byte[] tail(byte[] previous, List<byte[]> leaves) {
        MessageDigest sha = SHA.get();
        sha.update(TAIL);
        sha.update(previous);
        leaves.forEach(sha::update);
        return sha.digest();
    }

    /** The chain after a block: covers its root and, through {@code previous}, all before. */
    static byte[] chain(byte[] previous, byte[] root) {
        return sha256(CHAIN, previous, root);
    }

    /** The root of one leaf or more. */
    static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a tree needs a leaf");
        }
        List<byte[]> level = leaves;
        while (level.size() > 1) {
            level = above(level);
        }
        return level.get(0);
    }

    /** Siblings from a leaf up to the root. */
    static List<byte[]> path(List<byte[]> leaves, int index) {
        return new MerkleTree(leaves).path(index);
    }

    static boolean proves(byte[] leaf, int index, int size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        byte[] hash = leaf;
        int at = index;
        int width = size;
        int used = 0;
        while (width > 1) {
            if ((at ^ 1) < width) {
                if (used == path.size()) {
                    return false;
                }
                byte[] sibling = path.get(used++);
                hash = (at & 1) == 0 ? node(hash, sibling) : node(sibling, hash);
            }
            at >>= 1;
            width = (width + 1) >> 1;
        }
        return used == path.size() && Arrays.equals(hash, root);
    }

    // An odd last node rises unchanged, which gives the same tree as RFC 6962's split at a power of two.
    static List<byte[]> above(List<byte[]> level) {
        List<byte[]> up = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) {
            up.add(node(level.get(i), level.get(i + 1)));
        }
        if ((level.size() & 1) == 1) {
            up.add(level.get(level.size() - 1));
        }
        return up;
    }
}
