package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.broker.BrokerSettings;
import dustwarden.broker.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios at a real broker: what is acknowledged arrives, a lost connection loses nothing. */
class BrokerRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private record Heard(String topic, String body, Instant at) {
    }

    private int run(URI broker, Scenario scenario, double speed, Duration length) {
        BrokerRun.Options options = new BrokerRun.Options(
                broker, scenario, speed, Optional.of(length), Logins.none(), "test");
        return new BrokerRun(options, InstantSource.system(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8)).run();
    }

    private static MqttClient listener(URI broker, List<Heard> heard) throws Exception {
        MqttClient client = new MqttClient(broker.toString(), "listener", new MemoryPersistence());
        client.connect();
        client.subscribe("dust/v1/#", 1, (topic, message) -> heard.add(
                new Heard(topic, new String(message.getPayload(), StandardCharsets.UTF_8), Instant.now())));
        return client;
    }

    @Test
    void whatItSendsArrivesWithTheMomentOfSendingInside() throws Exception {
        List<Heard> heard = new CopyOnWriteArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.open(directory.resolve("b"), 0))) {
            MqttClient client = listener(broker.ownUri(), heard);
            int code = run(broker.ownUri(), ScenarioFile.shipped("quiet"), 60, Duration.ofSeconds(3));
            String text = out.toString(StandardCharsets.UTF_8);
            assertEquals(0, code, text + errors.toString(StandardCharsets.UTF_8));
            int sent = Integer.parseInt(text.replaceAll("(?s).*sent (\\d+).*", "$1"));
            Await.until("all " + sent + " arrive", () -> heard.size() >= sent);
            client.disconnect();
            client.close();
        }
        assertTrue(heard.size() > 30);
        for (Heard one : heard) {
            JsonNode body = JSON.readTree(one.body());
            if (body.has("ts")) {
                Duration lag = Duration.between(OffsetDateTime.parse(body.get("ts").asText()).toInstant(), one.at());
                assertTrue(lag.abs().compareTo(Duration.ofSeconds(5)) < 0, lag + " " + one);
            }
        }
    }

    @Test
    void aBrokerThatIsNotThereIsSaidSoAndFails() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        int code = run(URI.create("tcp://127.0.0.1:" + free), ScenarioFile.shipped("quiet"), 1, Duration.ofSeconds(1));
        assertEquals(1, code);
        String said = errors.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith("simulate: the broker tcp://127.0.0.1:" + free + " cannot be reached"), said);
    }

    @Test
    void stoppingFromOutsideEndsItWithItsLastLine() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.open(directory.resolve("b"), 0))) {
            BrokerRun run = new BrokerRun(
                    new BrokerRun.Options(broker.ownUri(), ScenarioFile.shipped("quiet"), 1, Optional.empty(),
                            Logins.none(), "test"),
                    InstantSource.system(), new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(run::run);
            Await.until("it plays", () -> out.toString(StandardCharsets.UTF_8).contains("playing quiet"));
            run.stop();
            assertEquals(0, code.get(20, TimeUnit.SECONDS));
            assertTrue(out.toString(StandardCharsets.UTF_8).strip().endsWith("(end)"));
        }
    }

    @Test
    void anAddressThatIsNoBrokerIsSaidSo() throws IOException {
        assertEquals(1, run(URI.create("http://127.0.0.1"), ScenarioFile.shipped("quiet"), 1, Duration.ofSeconds(1)));
        assertTrue(errors.toString(StandardCharsets.UTF_8).contains("wanted tcp://host:port"));
    }

    @Test
    void aBrokerThatComesBackGetsWhatItMissed() throws Exception {
        Path data = directory.resolve("b");
        EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.open(data, 0));
        int port = first.port();
        Scenario quiet = ScenarioFile.shipped("quiet");
        try (MqttFleet fleet = MqttFleet.connect(first.ownUri(), "test", Logins.none(), quiet)
                .toCompletableFuture().get(20, TimeUnit.SECONDS)) {
            Publication one = new ScenarioPlayer(quiet).opening(Instant.EPOCH).get(0);
            fleet.publish(one).toCompletableFuture().get(20, TimeUnit.SECONDS);
            first.stop();
            List<CompletableFuture<Void>> whileAway = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                whileAway.add(fleet.publish(one).toCompletableFuture());
            }
            assertFalse(whileAway.get(19).isDone());
            try (EmbeddedBroker second = EmbeddedBroker.start(BrokerSettings.open(data, port))) {
                CompletableFuture.allOf(whileAway.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
                assertEquals(port, second.port());
            }
        }
    }

    @Test
    void moreDevicesAreCopiesOfTheSitesWithDistinctIds() throws IOException {
        Scenario demo = ScenarioFile.shipped(ScenarioFile.DEMO);
        for (int wanted : new int[] {1, 13, demo.deviceCount(), demo.deviceCount() + 1, 500}) {
            Scenario scenario = demo.withDevices(wanted);
            Set<String> ids = new HashSet<>();
            scenario.sites().forEach(script -> script.site().devices()
                    .forEach(device -> ids.add(script.site().id() + "/" + device.id())));
            assertEquals(wanted, scenario.deviceCount());
            assertEquals(wanted, ids.size());
            assertFalse(new ScenarioPlayer(scenario).opening(Instant.EPOCH).isEmpty());
        }
        assertEquals(demo.sites().get(0).site().id() + "-x2", demo.withDevices(500).sites().get(3).site().id());
    }

    @Test
    void writesTheRegisterOfWhatItPlays() throws IOException {
        Scenario scenario = ScenarioFile.shipped("quiet").withDevices(12);
        assertEquals(2, RegisterCopy.write(scenario, directory.resolve("sites")));
        String copy = Files.readString(directory.resolve("sites/zz-jinshui-02-x2.yaml"));
        JsonNode site = new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().readTree(copy);
        assertEquals("zz-jinshui-02-x2", site.get("site").asText());
        assertEquals(2, site.get("devices").size());
        assertEquals(280, site.get("perimeter").asInt());
    }

    @Test
    void passwordFilesAreReadLineByLine() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), "# comment\n\nsite/dev  secret word\n");
        assertEquals(Map.of("site/dev", "secret word"), Logins.read(file));
        Logins logins = Logins.perDevice(Logins.read(file), Optional.empty());
        assertEquals("site/dev", logins.of("site/dev").orElseThrow().username());
        assertEquals("Login[site/dev]", logins.of("site/dev").orElseThrow().toString());
        assertTrue(logins.of("region/130102").isEmpty());
    }
}
