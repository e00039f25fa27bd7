package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real InfluxDB that answers InfluxQL: the given one of version 2, else Debian's of version 1 on a port of its own. */
final class QueryServer implements AutoCloseable {
    private static final List<Path> DEBIAN = List.of(Path.of("/usr/bin/influxd"), Path.of("/usr/sbin/influxd"));

    /** The InfluxDB 2 that the environment names. */
    record Given(String url, String org, String token) {
        static Optional<Given> find() {
            Map<String, String> env = System.getenv();
            Optional<String> url = Optional.ofNullable(env.get("DUSTWARDEN_TEST_INFLUX_URL"));
            Optional<String> token = Optional.ofNullable(env.get("DUSTWARDEN_TEST_INFLUX_TOKEN"));
            Optional<String> org = Optional.ofNullable(env.get("DUSTWARDEN_TEST_INFLUX_ORG"));
            return url.isPresent() && token.isPresent() && org.isPresent()
                    ? Optional.of(new Given(url.get(), org.get(), token.get()))
                    : Optional.empty();
        }

        InfluxTarget target(String bucket, boolean split, List<String> regions) {
            return new InfluxTarget(URI.create(url), org, bucket, token, split, regions);
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Optional<String> token;
    private final Optional<Process> process;

    private QueryServer(String url, Optional<String> token, Optional<Process> process) {
        this.url = url;
        this.token = token;
        this.process = process;
    }

    static QueryServer of(Given given) {
        return new QueryServer(given.url(), Optional.of(given.token()), Optional.empty());
    }

    /** For reading; version 1 looks at no token. */
    InfluxTarget target(String database) {
        String org = Given.find().map(Given::org).orElse("none");
        return new InfluxTarget(URI.create(url), org, database, token.orElse("none"));
    }

    static boolean debianIsThere() {
        return DEBIAN.stream().anyMatch(Files::isExecutable);
    }

    /** Starts Debian's and makes a database. */
    static QueryServer debian(Path directory, String database) throws Exception {
        Path binary = DEBIAN.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        int port = free();
        Path config = directory.resolve("influxdb.conf");
        Files.writeString(config, """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                dir = "%s/meta"
                [data]
                dir = "%s/data"
                wal-dir = "%s/wal"
                index-version = "inmem"
                [http]
                bind-address = "127.0.0.1:%d"
                log-enabled = false
                [monitor]
                store-enabled = false
                [logging]
                level = "error"
                """.formatted(free(), directory, directory, directory, port));
        Process process = new ProcessBuilder(binary.toString(), "-config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("influxdb.log").toFile())
                .start();
        QueryServer server = new QueryServer("http://127.0.0.1:" + port, Optional.empty(), Optional.of(process));
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!server.up()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException("did not start: " + Files.readString(directory.resolve("influxdb.log")));
            }
            LockSupport.parkNanos(50_000_000);
        }
        server.send(HttpRequest.newBuilder(URI.create(server.url + "/query?q=" + encoded("CREATE DATABASE " + database)))
                .POST(HttpRequest.BodyPublishers.noBody()));
        return server;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean up() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url + "/ping")).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode() == 204;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes lines the way version 1 takes them. */
    void write(String database, List<String> lines) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + "/write?db=" + database + "&precision=ns"))
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines))));
        if (answer.statusCode() != 204) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    /** The answer's first result. */
    JsonNode query(String database, String text) throws Exception {
        HttpResponse<String> answer = ask(database, text);
        JsonNode json = Json.parse(answer.body());
        if (answer.statusCode() != 200 || json.has("error") || json.at("/results/0").has("error")) {
            throw new IOException(answer.statusCode() + " " + answer.body() + " to " + text);
        }
        return json.at("/results/0");
    }

    HttpResponse<String> ask(String database, String text) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url + "/query?epoch=ms&db=" + database + "&q=" + encoded(text))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        token.ifPresent(t -> request.header("Authorization", "Token " + t));
        return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        if (process.isPresent()) {
            process.get().destroy();
            if (!process.get().waitFor(10, TimeUnit.SECONDS)) {
                process.get().destroyForcibly().waitFor();
            }
        }
    }
}
