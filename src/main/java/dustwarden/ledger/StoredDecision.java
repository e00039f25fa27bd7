package dustwarden.ledger;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A decision as it is kept: its JSON line byte for byte, and what finds it again.
 *
 * @param number its place among the decisions, from 0 without a gap
 * @param offset the entry that caused it
 * @param at the core's time, epoch ms
 * @param site the site that it concerns; empty where none is known
 * @param json the canonical JSON line without line end; not to be changed by the holder
 */
public record StoredDecision(
        long number, long offset, long at, String type, Optional<String> site, byte[] json) {
    public StoredDecision {
        if (number < 0 || offset < 0) {
            throw new IllegalArgumentException("decision " + number + " at offset " + offset + ": below 0");
        }
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(json, "json");
    }

    /** The same under another number. */
    StoredDecision numbered(long other) {
        return new StoredDecision(other, offset, at, type, site, json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredDecision d
                && number == d.number
                && offset == d.offset
                && at == d.at
                && type.equals(d.type)
                && site.equals(d.site)
                && Arrays.equals(json, d.json);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number) * 31 + Arrays.hashCode(json);
    }
}
