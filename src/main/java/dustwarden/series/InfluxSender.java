package dustwarden.series;

import dustwarden.series.InfluxBook.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes one part after the other on a thread of its own, so that the next is made meanwhile; never more than one is under way.
 *
 * <p>Used by one thread. What the server refuses is halved until the culprit stands alone.
 */
final class InfluxSender implements AutoCloseable {
    private final InfluxWriter writer;
    private final ExecutorService thread;
    private Optional<Future<List<Refusal>>> underWay = Optional.empty();

    InfluxSender(InfluxWriter writer) {
        this.writer = writer;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "influx-write");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Begins to write lines, which then are the sender's, once all earlier ones are stored.
     *
     * @return what the server refused of the earlier ones
     * @throws View.Unavailable the earlier ones are not stored, these are not begun
     */
    List<Refusal> send(String bucket, List<String> lines) {
        List<Refusal> before = settle();
        underWay = Optional.of(thread.submit(() -> write(bucket, lines)));
        return before;
    }

    /**
     * Waits until all is stored.
     *
     * @return what the server refused of it
     * @throws View.Unavailable it is not stored
     */
    List<Refusal> settle() {
        if (underWay.isEmpty()) {
            return List.of();
        }
        Future<List<Refusal>> one = underWay.get();
        underWay = Optional.empty();
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new View.Unavailable("正在停止: stopping", e);
        }
    }

    private List<Refusal> write(String bucket, List<String> part) {
        try {
            writer.write(bucket, part);
            return List.of();
        } catch (InfluxWriter.Refused e) {
            if (part.size() == 1) {
                return List.of(new Refusal(part.get(0), e.getMessage()));
            }
            int half = part.size() / 2;
            List<Refusal> refused = new ArrayList<>(write(bucket, part.subList(0, half)));
            refused.addAll(write(bucket, part.subList(half, part.size())));
            return refused;
        }
    }

    /** Ends after the write that is under way, if any. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
