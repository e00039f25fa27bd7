package dustwarden.intake;

import dustwarden.core.Entry.Source;
import java.util.Map;

/**
 * Counts of the journal's writer since its start.
 *
 * @param entries by source, every source present
 * @param decisions by type
 * @param lastBatch entries in the newest commit that had any
 * @param lastCommitMicros how long the newest commit took
 * @param stepFailures entries at which the core threw; they have no decisions
 */
public record WriterFigures(
        Map<Source, Long> entries,
        Map<String, Long> decisions,
        long commits,
        int lastBatch,
        int largestBatch,
        long lastCommitMicros,
        long stepFailures,
        long callbackFailures,
        int inboxDepth,
        long inboxRefused) {
    public WriterFigures {
        entries = Map.copyOf(entries);
        decisions = Map.copyOf(decisions);
    }
}
