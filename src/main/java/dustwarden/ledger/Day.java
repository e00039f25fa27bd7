package dustwarden.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The root over the roots of all blocks of a closed local day; {@code day} counts from 1970-01-01. */
record Day(long day, long first, long next, long blocks, byte[] root) {
    /** Covers the day as a whole. */
    byte[] hash() {
        String numbers = day + " " + first + " " + next + " " + blocks + " ";
        return Merkle.sha256(numbers.getBytes(StandardCharsets.US_ASCII), root);
    }

    /** @throws In.Damaged the day does not fit its hash */
    static Day proved(long day, long first, long next, long blocks, byte[] root, byte[] hash) {
        Day proved = new Day(day, first, next, blocks, root);
        if (!Arrays.equals(hash, proved.hash())) {
            throw new In.Damaged("day " + day + " does not fit its hash");
        }
        return proved;
    }
}
