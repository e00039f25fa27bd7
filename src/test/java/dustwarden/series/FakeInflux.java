package dustwarden.series;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** An InfluxDB 2 of a few requests: keeps points by series and time, and fails on command. */
public final class FakeInflux implements AutoCloseable {
    public static final String TOKEN = "secret-token";

    /** Buckets that were written to. */
    final Set<String> buckets = Collections.synchronizedSet(new TreeSet<>());
    /** Every line in the order in which it came. */
    final List<String> written = Collections.synchronizedList(new ArrayList<>());
    /** Points as the real one keeps them: the same line twice is one. */
    public final Set<String> points = Collections.synchronizedSet(new TreeSet<>());
    final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    volatile int failing;
    public volatile Optional<String> poison = Optional.empty();
    volatile Optional<CountDownLatch> hold = Optional.empty();
    volatile boolean bucket = true;
    volatile boolean mayCreate = true;
    volatile int writesUntilFailing = Integer.MAX_VALUE;
    volatile long retentionSeconds;
    volatile int plain;
    volatile int held;
    private final int port;
    private HttpServer server;
    private ExecutorService threads;

    public FakeInflux() {
        port = listen(0);
    }

    private int listen(int at) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        return server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    void restart() {
        listen(port);
    }

    public InfluxTarget target() {
        return new InfluxTarget(URI.create("http://127.0.0.1:" + port), "org one", "dust", TOKEN);
    }

    public List<String> of(String measurement) {
        synchronized (points) {
            return points.stream().filter(p -> p.startsWith(measurement + ",")).toList();
        }
    }

    private void handle(HttpExchange http) throws IOException {
        byte[] body = http.getRequestBody().readAllBytes();
        if (hold.isPresent()) {
            held++;
            try {
                hold.get().await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!("Token " + TOKEN).equals(http.getRequestHeaders().getFirst("Authorization"))) {
            answer(http, 401, error("unauthorized"));
        } else if (failing != 0) {
            answer(http, failing, error("told to fail"));
        } else {
            switch (http.getRequestURI().getPath()) {
                case "/api/v2/write" -> write(http, body);
                case "/api/v2/buckets" -> buckets(http);
                case "/api/v2/orgs" -> answer(http, 200, "{\"orgs\":[{\"id\":\"0a\",\"name\":\"org one\"}]}");
                default -> answer(http, 404, error("no such path"));
            }
        }
    }

    private void buckets(HttpExchange http) throws IOException {
        if (http.getRequestMethod().equals("POST")) {
            bucket |= mayCreate;
            answer(http, mayCreate ? 201 : 403, mayCreate ? json() : error("forbidden"));
        } else {
            answer(http, 200, "{\"buckets\":[" + (bucket ? json() : "") + "]}");
        }
    }

    private String json() {
        return "{\"id\":\"0b\",\"orgID\":\"0a\",\"name\":\"dust\",\"retentionRules\":[{\"type\":\"expire\",\"everySeconds\":"
                + retentionSeconds + "}]}";
    }

    private void write(HttpExchange http, byte[] body) throws IOException {
        if (!bucket) {
            answer(http, 404, error("bucket not found"));
            return;
        }
        if (--writesUntilFailing < 0) {
            answer(http, 503, error("busy"));
            return;
        }
        byte[] text = body;
        if ("gzip".equals(http.getRequestHeaders().getFirst("Content-Encoding"))) {
            text = new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes();
        } else {
            plain++;
        }
        List<String> lines = List.of(new String(text, StandardCharsets.UTF_8).split("\n"));
        sizes.add(lines.size());
        if (poison.isPresent() && lines.stream().anyMatch(l -> l.contains(poison.get()))) {
            answer(http, 400, error("field type conflict"));
            return;
        }
        buckets.add(http.getRequestURI().getQuery().replaceAll(".*bucket=([^&]+).*", "$1"));
        points.addAll(lines);
        written.addAll(lines);
        answer(http, 204, "");
    }

    private static String error(String message) {
        return "{\"code\":\"invalid\",\"message\":\"" + message + "\"}";
    }

    private static void answer(HttpExchange http, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            http.getResponseBody().write(bytes);
        }
        http.close();
    }

    @Override
    public void close() {
        hold.ifPresent(CountDownLatch::countDown);
        stop();
    }
}
