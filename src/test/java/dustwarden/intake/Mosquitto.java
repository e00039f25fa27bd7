package dustwarden.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Debian's mosquitto in a process of its own, with a session store that is written when asked; the port stays its own. */
final class Mosquitto implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    static final String USER = "dustwarden";
    static final String SECRET = "open sesame";
    private static final String STORE_PASSWORD = "changeit";

    private final Path directory;
    private final Path settings;
    private final boolean tls;
    private final int port;
    private Optional<Process> process = Optional.empty();

    private Mosquitto(Path directory, boolean tls, int port, List<String> lines) throws IOException {
        this.directory = directory;
        this.tls = tls;
        this.port = port;
        List<String> all = new ArrayList<>(List.of(
                "user " + System.getProperty("user.name"),
                "log_dest file " + directory.resolve("mosquitto.log"),
                "persistence true",
                "persistence_location " + directory + "/",
                "autosave_interval 1800",
                "max_queued_messages 0",
                "max_inflight_messages 0",
                "listener " + port + " 127.0.0.1"));
        all.addAll(lines);
        settings = Files.write(directory.resolve("mosquitto.conf"), all);
    }

    /** Lets anybody in. */
    static Mosquitto open(Path directory) throws IOException {
        return new Mosquitto(directory, false, freePort(), List.of("allow_anonymous true"));
    }

    /** Lets in over TLS and with the password only. */
    static Mosquitto guarded(Path directory, Certified certified) throws IOException, InterruptedException {
        Path passwords = directory.resolve("passwords");
        run("/usr/bin/mosquitto_passwd", "-b", "-c", passwords.toString(), USER, SECRET);
        return new Mosquitto(directory, true, freePort(), List.of(
                "allow_anonymous false",
                "password_file " + passwords,
                "certfile " + certified.chain(),
                "keyfile " + certified.key()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    URI uri() {
        return URI.create((tls ? "ssl" : "tcp") + "://localhost:" + port);
    }

    void start() throws IOException {
        Process started = new ProcessBuilder(PROGRAM.toString(), "-c", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.out").toFile())
                .start();
        process = Optional.of(started);
        Await.until("mosquitto listens", Duration.ofSeconds(30), () -> {
            if (!started.isAlive()) {
                throw new AssertionError("mosquitto ended: " + text("mosquitto.log") + text("mosquitto.out"));
            }
            return listens();
        });
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String text(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            return file + " cannot be read";
        }
    }

    /** How many connections it has, by the system's table. */
    long connections() throws IOException {
        String local = String.format(":%04X", port);
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[1].endsWith(local) && fields[3].equals("01"))
                .count();
    }

    /** Has what it holds written to disk. */
    void save() throws IOException, InterruptedException {
        Path store = directory.resolve("mosquitto.db");
        Files.deleteIfExists(store);
        run("/bin/kill", "-USR1", Long.toString(process.orElseThrow().pid()));
        Await.until("the store is written", () -> Files.exists(store));
    }

    /** SIGKILL: nothing is written. */
    void kill() throws InterruptedException {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isPresent()) {
            kill();
        }
    }

    /** A certificate that is its own authority, in PEM files, and its key. */
    record Certified(Path chain, Path key) {
        static Certified make(Path directory, String name, String subjectNames) throws Exception {
            Path store = directory.resolve(name + ".p12");
            run(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=" + name,
                    "-ext", "san=" + subjectNames, "-validity", "2",
                    "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", STORE_PASSWORD);
            KeyStore keys = KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
            return new Certified(
                    pem(directory.resolve(name + ".pem"), "CERTIFICATE", keys.getCertificate("broker").getEncoded()),
                    pem(
                            directory.resolve(name + "-key.pem"),
                            "PRIVATE KEY",
                            keys.getKey("broker", STORE_PASSWORD.toCharArray()).getEncoded()));
        }

        private static Path pem(Path file, String kind, byte[] der) throws IOException {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command[0] + " ended with " + code);
        }
    }
}
