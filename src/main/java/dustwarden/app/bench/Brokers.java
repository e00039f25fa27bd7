package dustwarden.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The broker between loader and subscriber, always a process of its own: mosquitto where installed, else the embedded one. */
record Brokers(String name, Child process, int port) implements AutoCloseable {
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin");

    static Brokers start(Path directory) throws IOException, InterruptedException {
        Optional<Path> mosquitto = mosquitto();
        if (mosquitto.isEmpty()) {
            Child child = Child.java("broker", directory, LoneBroker.class.getName(), directory.resolve("broker").toString());
            int port = Integer.parseInt(child.await("port ", Duration.ofSeconds(30)).substring(5));
            return new Brokers("the embedded broker in a process of its own", child, port);
        }
        int port = freePort();
        Path config = Files.writeString(directory.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                max_queued_messages 0
                max_inflight_messages 2000
                set_tcp_nodelay true
                """.formatted(port));
        Child child = Child.of("mosquitto", directory, List.of(mosquitto.get().toString(), "-c", config.toString()));
        awaitListening(child, port);
        return new Brokers("mosquitto", child, port);
    }

    private static Optional<Path> mosquitto() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(place -> Path.of(place, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(Child child, int port) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end && child.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new IOException("mosquitto does not listen on port " + port);
    }

    @Override
    public void close() {
        process.close();
    }
}
