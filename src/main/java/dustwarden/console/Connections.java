package dustwarden.console;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The open connections of a server, bounded in number and in what one may wait for: whoever sends a request's head or
 * body drop by drop, or asks nothing, is cut off. Touched on the verticle's own context only.
 */
final class Connections {
    static final int OPEN_MAX = 5_000;
    static final Duration IDLE_MOST = Duration.ofSeconds(30);
    static final Duration REQUEST_MOST = Duration.ofSeconds(120);

    private static final class State {
        long sinceNanos = System.nanoTime();
        boolean asking;
        boolean streams;
    }

    private final Map<HttpConnection, State> open = new IdentityHashMap<>();
    private final Duration idleMost;
    private final Duration requestMost;

    Connections(Duration idleMost, Duration requestMost) {
        this.idleMost = idleMost;
        this.requestMost = requestMost;
    }

    /** A connection was made; beyond the bound it is closed at once. */
    void opened(HttpConnection connection) {
        if (open.size() >= OPEN_MAX) {
            connection.close();
            return;
        }
        open.put(connection, new State());
        connection.closeHandler(gone -> open.remove(connection));
    }

    /** The head of a request is there. */
    void began(HttpServerRequest request) {
        State state = open.get(request.connection());
        if (state == null) {
            return;
        }
        state.asking = true;
        state.sinceNanos = System.nanoTime();
        request.response().endHandler(ended -> {
            state.asking = false;
            state.sinceNanos = System.nanoTime();
        });
    }

    /** The request's answer is a stream that ends when its client goes; others look after it. */
    void streams(HttpServerRequest request) {
        State state = open.get(request.connection());
        if (state != null) {
            state.streams = true;
        }
    }

    /** Cuts off who has been waited for too long. */
    void sweep() {
        long now = System.nanoTime();
        for (Map.Entry<HttpConnection, State> each : new ArrayList<>(open.entrySet())) {
            State state = each.getValue();
            long most = (state.asking ? requestMost : idleMost).toNanos();
            if (!state.streams && now - state.sinceNanos > most) {
                open.remove(each.getKey());
                each.getKey().close();
            }
        }
    }

    int size() {
        return open.size();
    }
}
