package dustwarden.intake;

import dustwarden.core.Entry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Takes observations that came over HTTP into the inbox, as if they had come on the device's own topic. */
public final class HttpArrivals {
    /** The inbox is full: the sender is to come again later. */
    public static final class InboxFull extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InboxFull() {
            super("the inbox is full, try again later");
        }
    }

    private final Inbox inbox;
    private final Duration most;

    /** @param most how long the journal may take before a sender is told that it is not known what became of it */
    public HttpArrivals(Inbox inbox, Duration most) {
        this.inbox = inbox;
        this.most = most;
    }

    /**
     * Takes a body as it came; never blocks.
     *
     * @return the entry once it is on disk, completed on a thread of the common pool; fails with {@link InboxFull}, or
     *     with a {@link java.util.concurrent.TimeoutException} after which the body may still be journaled
     */
    public CompletableFuture<Entry.Message> accept(String site, String device, String stream, byte[] body) {
        String topic = "dust/v1/" + site + "/" + device + "/" + stream;
        Kept kept = Kept.of(body);
        CompletableFuture<Entry.Message> journaled = new CompletableFuture<>();
        CompletableFuture<Entry.Message> made = new CompletableFuture<>();
        Arrival arrival = new Arrival(
                received -> {
                    Entry.Message entry = new Entry.Message(
                            received, Entry.Source.HTTP, topic, kept.payload(), false, kept.oversize());
                    made.complete(entry);
                    return entry;
                },
                kept.bytes(topic),
                // What waits for it must not run on the journal's thread.
                () -> journaled.completeAsync(made::join));
        if (!inbox.offer(arrival)) {
            return CompletableFuture.failedFuture(new InboxFull());
        }
        return journaled.orTimeout(most.toMillis(), TimeUnit.MILLISECONDS);
    }
}
