package dustwarden.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Messages that others want published, a bounded number of them; each is told what became of it. */
final class Posts {
    private static final int WAITING_MAX = 1000;

    private final Deque<Post> waiting = new ArrayDeque<>();
    private final Map<Long, Post> sent = new HashMap<>();
    private long ticket = -1;

    /** @param ticket below 0 */
    record Post(long ticket, String topic, byte[] body, CompletableFuture<Void> outcome) {}

    synchronized CompletableFuture<Void> offer(String topic, byte[] body) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        if (waiting.size() >= WAITING_MAX) {
            outcome.completeExceptionally(new IOException(WAITING_MAX + " messages wait for the broker already"));
        } else {
            waiting.add(new Post(ticket--, topic, body, outcome));
        }
        return outcome;
    }

    synchronized Optional<Post> next() {
        Optional<Post> post = Optional.ofNullable(waiting.poll());
        post.ifPresent(p -> sent.put(p.ticket(), p));
        return post;
    }

    synchronized void ended(long number, boolean taken, String why) {
        Optional.ofNullable(sent.remove(number)).ifPresent(post -> {
            if (taken) {
                post.outcome().complete(null);
            } else {
                post.outcome().completeExceptionally(new IOException("refused by the broker: " + why));
            }
        });
    }

    synchronized void failAll(String why) {
        waiting.addAll(sent.values());
        sent.clear();
        waiting.forEach(post -> post.outcome().completeExceptionally(new IOException("no broker: " + why)));
        waiting.clear();
    }
}
