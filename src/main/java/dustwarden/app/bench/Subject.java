package dustwarden.app.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Who takes in the load: a process that tells how many messages it has taken. */
interface Subject extends AutoCloseable {
    Duration READY_WITHIN = Duration.ofSeconds(60);

    Child process();

    long taken() throws IOException, InterruptedException;

    @Override
    default void close() {
        process().close();
    }

    /** The ceiling. */
    record Bare(Child process) implements Subject {
        static Bare start(Path directory, int port) throws IOException, InterruptedException {
            Child child = Child.java("bare", directory, BareSubscriber.class.getName(), "tcp://127.0.0.1:" + port);
            child.await("ready", READY_WITHIN);
            return new Bare(child);
        }

        @Override
        public long taken() throws IOException, InterruptedException {
            process.say("count");
            return Long.parseLong(process.await("count ", Duration.ofSeconds(10)).substring(6));
        }
    }

    /** A whole {@code serve}: journal, core, views and console; what it counts is journaled. */
    record Node(Child process, int management, double readySeconds) implements Subject {
        private static final HttpClient HTTP = HttpClient.newHttpClient();
        private static final String COUNTER = "dustwarden_entries_total{source=\"mqtt\"}";

        static Node start(Path directory, String name, Path register, int port) throws IOException, InterruptedException {
            int management = Brokers.freePort();
            long begin = System.nanoTime();
            Child child = Child.java(
                    name, directory, "dustwarden.app.Main", "serve",
                    "--set", "data=" + directory.resolve(name + "-data"),
                    "--set", "register=" + register,
                    "--set", "mqtt.broker=tcp://127.0.0.1:" + port,
                    "--set", "http.host=127.0.0.1", "--set", "http.port=0",
                    "--set", "management.host=127.0.0.1", "--set", "management.port=" + management,
                    "--set", "hj212.port=0");
            child.await("ready ", READY_WITHIN);
            return new Node(child, management, (System.nanoTime() - begin) / 1e9);
        }

        @Override
        public long taken() throws IOException, InterruptedException {
            return metric(COUNTER);
        }

        /** Entries that are journaled and not yet in a view. */
        long lag(String view) throws IOException, InterruptedException {
            return metric("dustwarden_view_lag_entries{view=\"" + view + "\"}");
        }

        private long metric(String name) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/metrics"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body().lines()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length()).strip()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the metrics have no " + name));
        }
    }
}
