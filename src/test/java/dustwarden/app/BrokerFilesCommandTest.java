package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerFilesCommandTest {
    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");
    private static final String SITE = """
            site: a-1
            name: {zh: 一, en: One}
            region: "410000/410700"
            rulebook: henan-seven
            devices:
              - {id: dust-1, kind: monitor, every: PT1M}
              - {id: cam-1, kind: camera, every: PT1M}
            """;

    @TempDir
    Path directory;

    private Path register;
    private Path out;

    @BeforeEach
    void register() throws Exception {
        register = Files.createDirectories(directory.resolve("register"));
        out = directory.resolve("out");
        Files.writeString(register.resolve("a-1.yaml"), SITE);
    }

    private Map<String, String> run() {
        CommandRun run = CommandRun.of("broker", "files", "--out", out.toString(), "--set", "register=" + register);
        assertEquals(0, run.exit(), run.err());
        Map<String, String> fresh = new HashMap<>();
        run.out().lines().forEach(line -> fresh.put(line.split(" ")[0], line.split(" ")[1]));
        fresh.values().forEach(secret -> assertFalse(run.err().contains(secret)));
        return fresh;
    }

    @Test
    void everyDeviceGetsALoginOnceAndKeepsIt() throws Exception {
        Map<String, String> first = run();
        assertEquals(Set.of("a-1/dust-1", "a-1/cam-1", "region/410000", "region/410700"), first.keySet());
        List<String> passwords = Files.readAllLines(out.resolve("passwords"));
        assertEquals(Map.of(), run());
        assertEquals(passwords, Files.readAllLines(out.resolve("passwords")));
        Files.writeString(register.resolve("a-1.yaml"), SITE.replace("cam-1", "cam-2"));
        assertEquals(Set.of("a-1/cam-2"), run().keySet());
        assertFalse(Files.readString(out.resolve("passwords")).contains("cam-1"));
        assertFalse(Files.readString(out.resolve("acl")).contains("cam-1"));
    }

    @Test
    void aDeviceMayPublishTheStreamsOfItsKindOnly() throws Exception {
        run();
        String access = Files.readString(out.resolve("acl"));
        String dust = access.substring(access.indexOf("user a-1/dust-1"), access.indexOf("user a-1/cam-1"));
        assertTrue(dust.contains("topic write dust/v1/a-1/dust-1/reading\n"), dust);
        assertFalse(dust.contains("camera") || dust.contains("#") || dust.contains("+"), dust);
    }

    @Test
    void mosquittoKeepsThem() throws Exception {
        if (!Files.isExecutable(MOSQUITTO)) {
            System.out.println("SKIPPED: needs " + MOSQUITTO + " (Debian's package mosquitto)");
        }
        Assumptions.assumeTrue(Files.isExecutable(MOSQUITTO));
        Map<String, String> secrets = run();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String root = System.getProperty("user.name").equals("root") ? "user root\n" : "";
        Path conf = directory.resolve("mosquitto.conf");
        Files.writeString(conf, root + "listener " + port + " 127.0.0.1\nallow_anonymous false\npassword_file "
                + out.resolve("passwords") + "\nacl_file " + out.resolve("acl") + "\n");
        Process process = new ProcessBuilder(MOSQUITTO.toString(), "-c", conf.toString())
                .redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        try {
            await(() -> listens(port));
            String own = Files.readString(out.resolve("mqtt-password")).strip();
            Set<String> heard = new ConcurrentSkipListSet<>();
            try (MqttClient service = connect(port, "dustwarden", own);
                    MqttClient device = connect(port, "a-1/dust-1", secrets.get("a-1/dust-1"))) {
                service.subscribe("dust/v1/#", 1, (topic, message) -> heard.add(topic));
                byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
                for (String topic : List.of("dust/v1/a-1/cam-1/camera", "dust/v1/a-1/dust-1/camera", "dust/v1/a-1/dust-1/reading")) {
                    device.publish(topic, body, 1, false);
                }
                await(() -> heard.contains("dust/v1/a-1/dust-1/reading"));
                // Sent in this order on one connection, so what was refused would have come before.
                assertEquals(Set.of("dust/v1/a-1/dust-1/reading"), heard);
                service.disconnect();
                device.disconnect();
            }
            assertThrows(MqttException.class, () -> connect(port, "a-1/dust-1", "guessed").close());
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static MqttClient connect(int port, String user, String secret) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, user.replace('/', '-'), new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(user);
        options.setPassword(secret.toCharArray());
        client.connect(options);
        return client;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 20 s");
            LockSupport.parkNanos(5_000_000);
        }
    }
}
