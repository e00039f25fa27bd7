package dustwarden.intake;

import dustwarden.core.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stands for the journal's writer: takes arrivals out of an inbox when told to, and acknowledges them when told to. */
final class TestJournal {
    final Inbox inbox;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Runnable> unacknowledged = new ArrayList<>();
    private long now = 1_773_450_000_000L;

    TestJournal(Inbox inbox) {
        this.inbox = inbox;
    }

    TestJournal() {
        this(new Inbox(10_000, 64 << 20));
    }

    /** Takes what is there, without acknowledging. */
    synchronized TestJournal take() {
        for (Arrival a : inbox.drain(4096, 8 << 20, Duration.ofMillis(1))) {
            entries.add(a.entry().apply(now++));
            unacknowledged.add(a.acknowledged());
        }
        return this;
    }

    /** Takes what is there, acknowledges it, and keeps nothing of it. */
    List<String> drained() {
        List<String> texts = new ArrayList<>();
        for (Arrival a : inbox.drain(4096, 8 << 20, Duration.ofMillis(1))) {
            if (a.entry().apply(0) instanceof Entry.Message message) {
                texts.add(new String(message.payload(), StandardCharsets.UTF_8));
            }
            a.acknowledged().run();
        }
        return texts;
    }

    /** Acknowledges all that was taken. */
    synchronized TestJournal acknowledge() {
        unacknowledged.forEach(Runnable::run);
        unacknowledged.clear();
        return this;
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    synchronized List<Entry.Message> messages() {
        return entries.stream().filter(Entry.Message.class::isInstance).map(Entry.Message.class::cast).toList();
    }

    synchronized List<String> texts() {
        return messages().stream().map(m -> new String(m.payload(), StandardCharsets.UTF_8)).toList();
    }

    synchronized List<Entry.Link> links() {
        return entries.stream().filter(Entry.Link.class::isInstance).map(Entry.Link.class::cast).toList();
    }
}
