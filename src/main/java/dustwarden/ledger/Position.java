package dustwarden.ledger;

import java.util.OptionalLong;

/**
 * Where the two logs end.
 *
 * @param nextOffset offset of the next entry to be appended
 * @param nextDecision number of the next decision to be appended
 * @param applied entries below this offset have all their decisions stored
 * @param lastReceived received time of the newest entry, epoch ms; empty in an empty journal
 */
public record Position(long nextOffset, long nextDecision, long applied, OptionalLong lastReceived) {
    public Position {
        if (applied < 0 || applied > nextOffset || nextDecision < 0) {
            throw new IllegalArgumentException(
                    "applied " + applied + ", next offset " + nextOffset + ", next decision " + nextDecision);
        }
    }

    /** Of a new ledger. */
    public static Position start() {
        return new Position(0, 0, 0, OptionalLong.empty());
    }
}
