package dustwarden.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is ready only when it has subscribed, since a broker keeps nothing for a subscriber that it does not know yet. */
class ReadyTest {
    private static final Duration MOST = Duration.ofSeconds(60);

    @TempDir
    private Path temp;

    private static Optional<HttpResponse<String>> asked(int port) throws Exception {
        try {
            return Optional.of(RunningNode.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static HttpResponse<String> answer(int port) throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        while (System.nanoTime() < end) {
            Optional<HttpResponse<String>> answer = asked(port);
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("no answer");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aBrokerThatTakesItsTimeIsWaitedForBeforeTheNodeIsReady() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path config = Files.writeString(
                    temp.resolve("serve.yaml"), "mqtt: {broker: \"tcp://127.0.0.1:" + silent.getLocalPort() + "\"}\n");
            int management = freePort();
            CompletableFuture<RunningNode> starting = CompletableFuture.supplyAsync(() -> {
                try {
                    return new RunningNode(temp.resolve("data"), Path.of("devices/sites"), Optional.of(config), management);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            HttpResponse<String> early = answer(management);
            assertEquals(503, early.statusCode(), early.body());
            assertTrue(early.body().startsWith("{\"ready\":false,\"started\":false"), early.body());
            try (RunningNode node = starting.get()) {
                HttpResponse<String> later = answer(management);
                assertEquals(200, later.statusCode(), later.body());
                assertTrue(later.body().contains("\"started\":true"), later.body());
            }
        }
    }
}
