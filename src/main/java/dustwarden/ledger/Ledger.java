package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import java.util.List;
import java.util.Set;

/**
 * The record of all that happened and all that was decided; what a write returned from is synced to disk.
 *
 * <p>One thread appends; any thread reads.
 */
public interface Ledger extends LedgerReading {
    /**
     * Commits entries and decisions in one transaction and returns once it is synced to disk.
     *
     * @param entries get the offsets from {@code position().nextOffset()} on; received never runs backwards
     * @param decisions numbered from {@code position().nextDecision()} on, of entries stored before or in this call
     * @param applied entries below it have all their decisions stored with this commit
     * @throws LedgerUnwritable nothing was stored; the same call may be tried again
     * @throws IllegalArgumentException offsets, numbers or times do not follow what is stored
     */
    Position append(List<Entry> entries, List<StoredDecision> decisions, long applied);

    /** Stores content under the hash of its bytes unless it is there. */
    ContentRef putContent(String kind, String name, byte[] canonicalJson);

    /** Stores many pieces of content at once, each unless it is there; their hashes are those of their bytes. */
    void putContents(List<NewContent> contents);

    /** A piece of content with the hash of its bytes. */
    record NewContent(ContentRef ref, byte[] canonicalJson) {}

    /** Stores states of sites; older sets of changed sites that no start needs are merged. */
    void putSnapshot(SnapshotSet set);

    /**
     * Drops the payloads of whole blocks in {@code from..to}, except of blocks with a needed offset or with an entry that lists
     * contents; their roots and chains stay. Answers how many entries went.
     */
    long letGo(long from, long to, Set<Long> needed);

    /** A secret of 32 bytes, made at its first use and kept in a file that only its owner reads. */
    byte[] secret(String name);
}
