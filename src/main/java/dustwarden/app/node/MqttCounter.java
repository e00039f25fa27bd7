package dustwarden.app.node;

import dustwarden.core.Entry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts the messages over MQTT that are in the journal since the start, retained ones aside, and wakes who waits for a count. */
public final class MqttCounter {
    private final TreeMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
    private long count;

    /** An {@code EntryListener}. */
    synchronized void committed(long firstOffset, List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry instanceof Entry.Message m && m.source() == Entry.Source.MQTT && !m.retained()) {
                count++;
            }
        }
        Map<Long, CompletableFuture<Void>> reached = waiting.headMap(count, true);
        List.copyOf(reached.values()).forEach(f -> f.completeAsync(() -> null));
        reached.clear();
    }

    public synchronized long count() {
        return count;
    }

    /** Completes when so many messages are in the journal. */
    public synchronized CompletionStage<Void> reached(long wanted) {
        if (count >= wanted) {
            return CompletableFuture.completedFuture(null);
        }
        return waiting.computeIfAbsent(wanted, k -> new CompletableFuture<>());
    }
}
