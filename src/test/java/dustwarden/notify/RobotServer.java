package dustwarden.notify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** An HTTP server on loopback that answers posts as it is told. */
public final class RobotServer implements AutoCloseable {
    /** What was asked. */
    public record Request(String path, String body, com.sun.net.httpserver.Headers headers) {}

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public RobotServer(BiFunction<String, String, Platform.Answer> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().toString();
            requests.add(new Request(path, body, exchange.getRequestHeaders()));
            Platform.Answer answer = answers.apply(path, body);
            byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    public static RobotServer of(Platform platform) {
        return new RobotServer(platform::post);
    }

    public URI url(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
