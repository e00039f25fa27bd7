package dustwarden.ledger;

import java.util.List;
import java.util.Optional;

/** What is stored in a ledger, for any thread to read. Times are epoch milliseconds. */
public interface LedgerReading extends AutoCloseable {
    /** Where the logs end, as committed. */
    Position position();

    /**
     * Entries from an offset on, in order, at most {@code atMost} and at most about a MiB; empty only at the end.
     */
    List<StoredEntry> entries(long from, int atMost);

    /** Which entries are wanted, as far as their kind and their topic tell. */
    interface Sieve {
        /**
         * @param kind {@code M} of a message, {@code F} of a frame
         * @param second a message's topic, a frame's peer
         */
        boolean wants(char kind, String second);
    }

    /**
     * What a sieve left of the next entries.
     *
     * @param next where to go on
     */
    record Sifted(List<StoredEntry> entries, long next) {
        public Sifted {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Messages and frames that a sieve wants, from an offset on, of one block or of the open items; a block with none that is
     * wanted is not unpacked whole. Where there is nothing left, {@code next} is {@code before}.
     */
    Sifted sift(long from, long before, Sieve sieve);

    /** One entry; empty where there is none under that offset. */
    Optional<StoredEntry> entry(long offset);

    /** The offset of the first entry received at this time or later; the next offset where none was. */
    long firstEntryAt(long received);

    /** Decisions from a number on, in order, at most {@code atMost} and at most about a MiB; empty only at the end. */
    List<StoredDecision> decisions(long from, int atMost);

    /** The number of the first decision whose entry has this offset or a later one; the next number where none has. */
    long firstDecisionAt(long offset);

    /** The newest decisions of a site and type with numbers below {@code before}, newest first. */
    List<StoredDecision> newest(String site, String type, long before, int atMost);

    /** Content by the hex of its SHA-256. */
    Optional<byte[]> content(String sha256);

    /**
     * The newest states of all sites that this core version stored at or below an offset: a whole set with the changed sites
     * of later sets laid over it. A set that is harmed is passed over for an older one.
     */
    Optional<SnapshotSet> snapshot(String coreVersion, long appliedAtMost);

    /** The way from one entry to its block's root; empty while its block is open. */
    Optional<InclusionProof> proveEntry(long offset);

    /** The way from one decision to its block's root; empty while its block is open. */
    Optional<InclusionProof> proveDecision(long number);

    /** What proves single items to others. */
    Proofs proofs();

    @Override
    void close();
}
