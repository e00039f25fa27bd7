package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The port for machines: is it alive, is it ready, what has it counted. */
public final class ManagementServer extends VerticleBase {
    /** @param detail what is up and what is not; a view that is down does not make the whole unready */
    public record Readiness(boolean ready, JsonObject detail) {}

    private final String host;
    private final int port;
    private final Supplier<Readiness> readiness;
    private final Callable<String> scrape;
    private volatile Optional<HttpServer> server = Optional.empty();

    /**
     * @param port 0 = any free one
     * @param scrape the metrics in Prometheus' text format; called off the event loop
     */
    public ManagementServer(String host, int port, Supplier<Readiness> readiness, Callable<String> scrape) {
        this.host = host;
        this.port = port;
        this.readiness = readiness;
        this.scrape = scrape;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(port, host)
                .onSuccess(listening -> server = Optional.of(listening));
    }

    @Override
    public Future<?> stop() {
        return server.map(HttpServer::close).orElseGet(Future::succeededFuture);
    }

    /** The port it listens on, once started. */
    public int port() {
        return server.orElseThrow(() -> new IllegalStateException("not started")).actualPort();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/livez" -> json(request, 200, new JsonObject().put("alive", true));
            case "/readyz" -> ready(request, readiness.get());
            case "/metrics" -> metrics(request);
            default -> json(request, 404, Problem.notFound("page", request.path()).json());
        }
    }

    private static void ready(HttpServerRequest request, Readiness said) {
        JsonObject body = new JsonObject().put("ready", said.ready()).mergeIn(said.detail());
        json(request, said.ready() ? 200 : 503, body);
    }

    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(cause -> json(request, 500, new Problem(500, "the metrics cannot be read").json()));
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
                .end(body.encode());
    }
}
