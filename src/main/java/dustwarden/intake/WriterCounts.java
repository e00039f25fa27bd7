package dustwarden.intake;

import dustwarden.core.Entry;
import dustwarden.core.Entry.Source;
import dustwarden.ledger.StoredDecision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts kept by the journal's thread for others to read. */
final class WriterCounts {
    private final Map<Source, Long> entries = new EnumMap<>(Source.class);
    private final Map<String, Long> decisions = new TreeMap<>();
    private long commits;
    private int lastBatch;
    private int largestBatch;
    private long lastCommitMicros;
    private long stepFailures;
    private long callbackFailures;

    WriterCounts() {
        for (Source source : Source.values()) {
            entries.put(source, 0L);
        }
    }

    synchronized void committed(List<Entry> batch, List<StoredDecision> decided) {
        batch.forEach(e -> entries.merge(e.source(), 1L, Long::sum));
        decided.forEach(d -> decisions.merge(d.type(), 1L, Long::sum));
        commits++;
        if (!batch.isEmpty()) {
            lastBatch = batch.size();
            largestBatch = Math.max(largestBatch, batch.size());
        }
    }

    synchronized void commitTook(long nanos) {
        lastCommitMicros = nanos / 1000;
    }

    synchronized void stepFailed() {
        stepFailures++;
    }

    synchronized void callbackFailed() {
        callbackFailures++;
    }

    synchronized WriterFigures figures(Inbox inbox) {
        return new WriterFigures(
                entries,
                decisions,
                commits,
                lastBatch,
                largestBatch,
                lastCommitMicros,
                stepFailures,
                callbackFailures,
                inbox.depth(),
                inbox.refused());
    }
}
