package dustwarden.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private Vertx vertx;
    private ManagementServer server;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        server = new ManagementServer(
                "127.0.0.1",
                0,
                () -> new ManagementServer.Readiness(ready.get(), new JsonObject().put("series", "down")),
                () -> "dustwarden_entries_total{source=\"mqtt\"} 0.0\n");
        RunningConsole.await(vertx.deployVerticle(server));
    }

    @AfterEach
    void stop() {
        RunningConsole.await(vertx.close());
    }

    private HttpResponse<Buffer> get(String path) {
        return RunningConsole.await(
                WebClient.create(vertx).get(server.port(), "127.0.0.1", path).send());
    }

    @Test
    void isAliveAndReadyAlsoWhileAViewIsDown() {
        assertEquals(200, get("/livez").statusCode());
        assertEquals("{\"ready\":true,\"series\":\"down\"}", get("/readyz").bodyAsString());
        ready.set(false);
        assertEquals(503, get("/readyz").statusCode());
        assertEquals(200, get("/livez").statusCode());
    }

    @Test
    void scrapesInPrometheusFormat() {
        assertTrue(get("/metrics").bodyAsString().startsWith("dustwarden_entries_total"));
        assertTrue(get("/metrics").getHeader("Content-Type").startsWith("text/plain; version=0.0.4"));
        assertEquals(404, get("/elsewhere").statusCode());
    }
}
