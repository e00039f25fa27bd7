package dustwarden.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One listening browser; used on the verticle's context only, and never holds an event back for later. */
final class LiveClient {
    private static final String GAP =
            new LiveEvent(LiveEvent.Kind.GAP, Optional.empty(), "{}").frame();

    private final HttpServerResponse response;
    private final Optional<String> site;
    private final Supplier<Optional<Sight>> sights;
    private Optional<Sight> sight;
    private Duration stalled = Duration.ZERO;
    private boolean missed;

    /** @param sights what its login sees now; empty once the login is over */
    LiveClient(HttpServerResponse response, Optional<String> site, Supplier<Optional<Sight>> sights) {
        this.response = response;
        this.site = site;
        this.sights = sights;
        this.sight = sights.get();
        response.drainHandler(drained -> tellGap());
    }

    /** False where the client missed it. */
    boolean offer(LiveEvent event, Buffer frame) {
        if (!concerns(event)) {
            return true;
        }
        if (response.writeQueueFull()) {
            missed |= event.kind() != LiveEvent.Kind.READING;
            return false;
        }
        tellGap();
        response.write(frame);
        return true;
    }

    private boolean concerns(LiveEvent event) {
        return event.site().isEmpty()
                || (site.map(only -> event.site().equals(Optional.of(only))).orElse(true)
                        && sight.map(seen -> seen.sees(event.site().get())).orElse(false));
    }

    /** Asks again what its login sees; false where the login is over. */
    boolean isStillLoggedIn() {
        sight = sights.get();
        return sight.isPresent();
    }

    void write(String text) {
        response.write(text);
    }

    void missed() {
        missed = true;
        if (!response.writeQueueFull()) {
            tellGap();
        }
    }

    /** How long its queue has been full, seen once every {@code step}. */
    Duration stalledFor(Duration step) {
        stalled = response.writeQueueFull() ? stalled.plus(step) : Duration.ZERO;
        return stalled;
    }

    void cutOff() {
        response.reset();
    }

    private void tellGap() {
        if (missed) {
            missed = false;
            response.write(GAP);
        }
    }
}
