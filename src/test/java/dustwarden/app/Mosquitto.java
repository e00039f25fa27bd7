package dustwarden.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto with TLS and a password on a port of its own; it keeps its sessions over a stop. */
final class Mosquitto implements AutoCloseable {
    static final String USER = "warden";
    static final String PASSWORD = "pw-of-the-warden-7c1e";
    private static final Path SERVER = Path.of("/usr/sbin/mosquitto");
    private static final char[] STORE = "changeit".toCharArray();

    final Path directory;
    final int port;
    private Process process;

    private Mosquitto(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts one, or skips the test with a printed reason where Debian's package is absent. */
    static Mosquitto start(Path directory) throws Exception {
        boolean there = Files.isExecutable(SERVER);
        if (!there) {
            System.out.println("SKIPPED: needs " + SERVER + " (Debian's package mosquitto)");
        }
        assumeTrue(there, "no mosquitto");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Mosquitto mosquitto = new Mosquitto(directory, port);
        mosquitto.certificate();
        mosquitto.configure();
        mosquitto.up();
        return mosquitto;
    }

    /** The certificate that signs itself, as clients trust it. */
    Path certificateFile() {
        return directory.resolve("cert.pem");
    }

    String uri() {
        return "ssl://localhost:" + port;
    }

    private void certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(), "-genkeypair", "-alias", "broker",
                "-keyalg", "EC", "-validity", "2", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", new String(STORE)));
        KeyStore keys = KeyStore.getInstance(store.toFile(), STORE);
        Certificate certificate = keys.getCertificate("broker");
        pem(directory.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
        pem(directory.resolve("key.pem"), "PRIVATE KEY", keys.getKey("broker", STORE).getEncoded());
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    private void configure() throws Exception {
        Path passwords = directory.resolve("passwords");
        run(List.of("mosquitto_passwd", "-b", "-c", passwords.toString(), USER, PASSWORD));
        String root = System.getProperty("user.name").equals("root") ? "user root\n" : "";
        Files.writeString(directory.resolve("mosquitto.conf"), root + """
                listener %d 127.0.0.1
                certfile %s/cert.pem
                keyfile %s/key.pem
                password_file %s
                allow_anonymous false
                persistence true
                persistence_location %s/
                max_queued_messages 0
                max_inflight_messages 100
                log_dest file %s/log
                """.formatted(port, directory, directory, passwords, directory, directory));
    }

    private static void run(List<String> line) throws Exception {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (Writer nothing = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
            nothing.flush();
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(line.get(0) + ": " + said);
        }
    }

    void up() throws IOException {
        process = new ProcessBuilder(SERVER.toString(), "-c", directory.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("console").toFile())
                .start();
        Await.until("mosquitto listens", Duration.ofSeconds(20), () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return true;
            }
        });
    }

    /** Stops it in order, so that it writes down what it keeps. */
    void down() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("mosquitto does not stop");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
