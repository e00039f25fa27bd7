package dustwarden.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/** One listening browser; used on the verticle's context only, and never holds an event back for later. */
final class LiveClient {
    private static final String GAP =
            new LiveEvent(LiveEvent.Kind.GAP, Optional.empty(), "{}").frame();

    private final HttpServerResponse response;
    private final Optional<String> site;
    private Duration stalled = Duration.ZERO;
    private boolean missed;

    LiveClient(HttpServerResponse response, Optional<String> site) {
        this.response = response;
        this.site = site;
        response.drainHandler(drained -> tellGap());
    }

    /** False where the client missed it. */
    boolean offer(LiveEvent event, Buffer frame) {
        if (site.isPresent() && event.site().isPresent() && !site.equals(event.site())) {
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
