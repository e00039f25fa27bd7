package dustwarden.ledger;

import dustwarden.core.Entry.ContentRef;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Proves that an entry put one content in force, without naming the others.
 *
 * @param path sibling hashes from the content's line up to the root that the entry's short form ends with
 */
public record ContentProof(ContentRef ref, int index, int size, List<byte[]> path) {
    public ContentProof {
        path = List.copyOf(path);
    }

    /** Whether the short form of an entry lists the content. */
    public boolean holds(byte[] shortForm) {
        String[] lines = new String(shortForm, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != 4 || !lines[2].matches("[0-9a-f]{64}")) {
            return false;
        }
        byte[] root = java.util.HexFormat.of().parseHex(lines[2]);
        return Merkle.proves(Merkle.leaf(EntryCodec.line(ref)), index, size, path, root);
    }
}
