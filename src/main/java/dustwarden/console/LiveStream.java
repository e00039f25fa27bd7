package dustwarden.console;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Server-sent events to every browser that listens: nothing is buffered beyond a socket's queue. A client whose queue
 * is full misses events and is told of the gap once it drains; one that stays full is cut off.
 */
public final class LiveStream {
    /** @param readingsPerSecondMax what goes out at most; readings beyond are only in the series */
    public record Limits(int clientsMax, Duration stallMax, Duration pingEvery, int readingsPerSecondMax) {
        public static final Limits DEFAULT = new Limits(500, Duration.ofSeconds(10), Duration.ofSeconds(15), 1000);
    }

    private static final int PENDING_MAX = 4096;
    private static final int WRITE_QUEUE_BYTES_MAX = 256 * 1024;
    private static final Duration LOGINS_EVERY = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofMillis(500);

    private final Limits limits;
    private final Status status;
    // Touched on the verticle's own context only.
    private final List<LiveClient> clients = new ArrayList<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong cutOff = new AtomicLong();
    private volatile int listening;
    private volatile Optional<Context> context = Optional.empty();

    public LiveStream(Limits limits, Status status) {
        this.limits = limits;
        this.status = status;
    }

    /** From any thread; what nobody listens to costs nothing. */
    public void publish(LiveEvent event) {
        Optional<Context> target = context;
        if (listening == 0 || target.isEmpty()) {
            return;
        }
        boolean reading = event.kind() == LiveEvent.Kind.READING;
        if (reading && readings.incrementAndGet() > limits.readingsPerSecondMax()) {
            skipped.incrementAndGet();
            return;
        }
        if (pending.incrementAndGet() > PENDING_MAX) {
            pending.decrementAndGet();
            skipped.incrementAndGet();
            overflowed.compareAndSet(false, !reading);
            return;
        }
        Buffer frame = Buffer.buffer(event.frame());
        target.get().runOnContext(now -> {
            pending.decrementAndGet();
            deliver(event, frame);
        });
    }

    public int clients() {
        return listening;
    }

    /** Events that a client or all of them missed, and clients that were cut off. */
    public long skipped() {
        return skipped.get();
    }

    public long cutOff() {
        return cutOff.get();
    }

    void start(Vertx vertx, Context own) {
        context = Optional.of(own);
        vertx.setPeriodic(SWEEP_EVERY.toMillis(), id -> sweep());
        vertx.setPeriodic(1000, id -> readings.set(0));
        vertx.setPeriodic(limits.pingEvery().toMillis(), id -> publish(ping()));
        vertx.setPeriodic(LOGINS_EVERY.toMillis(), id -> checkLogins());
    }

    /** Adds a client on the verticle's context; false where there are too many. */
    boolean add(HttpServerResponse response, Optional<String> site, Supplier<Optional<Sight>> sights) {
        if (clients.size() >= limits.clientsMax()) {
            return false;
        }
        response.setChunked(true)
                .setWriteQueueMaxSize(WRITE_QUEUE_BYTES_MAX)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Encoding", "identity")
                .putHeader("X-Accel-Buffering", "no");
        LiveClient client = new LiveClient(response, site, sights);
        clients.add(client);
        listening = clients.size();
        response.closeHandler(gone -> remove(client));
        response.exceptionHandler(broken -> remove(client));
        client.write("retry: 2000\n\n" + ping().frame());
        return true;
    }

    void stop() {
        new ArrayList<>(clients).forEach(LiveClient::cutOff);
        clients.clear();
        listening = 0;
    }

    private void deliver(LiveEvent event, Buffer frame) {
        for (LiveClient client : clients) {
            if (!client.offer(event, frame)) {
                skipped.incrementAndGet();
            }
        }
    }

    private void sweep() {
        if (overflowed.getAndSet(false)) {
            clients.forEach(LiveClient::missed);
        }
        for (LiveClient client : new ArrayList<>(clients)) {
            if (client.stalledFor(SWEEP_EVERY).compareTo(limits.stallMax()) >= 0) {
                cutOff.incrementAndGet();
                remove(client);
                client.cutOff();
            }
        }
    }

    private void checkLogins() {
        for (LiveClient client : new ArrayList<>(clients)) {
            if (!client.isStillLoggedIn()) {
                remove(client);
                client.cutOff();
            }
        }
    }

    private void remove(LiveClient client) {
        clients.remove(client);
        listening = clients.size();
    }

    private LiveEvent ping() {
        return new LiveEvent(
                LiveEvent.Kind.PING, Optional.empty(), new JsonObject().put("now", status.now()).encode());
    }
}
