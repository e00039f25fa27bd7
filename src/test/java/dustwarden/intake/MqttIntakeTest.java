package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dustwarden.broker.BrokerSettings;
import dustwarden.broker.EmbeddedBroker;
import dustwarden.core.Entry;
import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MqttIntakeTest {
    @TempDir
    Path directory;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start(BrokerSettings.open(directory, 0));
    }

    @AfterEach
    void stop() throws IOException {
        broker.stop();
    }

    static MqttSource source(URI uri, Version version) {
        return new MqttSource(
                uri, "dustwardentest", Optional.empty(), MqttSource.Tls.DEFAULT, version, List.of("dust/v1/#"), 100);
    }

    static MqttIntake intake(MqttSource source, Door door) throws IOException {
        return intake(source, door, MqttTimes.HOLD_MOST);
    }

    static MqttIntake intake(MqttSource source, Door door, Duration hold) throws IOException {
        Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), new Random(7));
        return new MqttIntake(source, door, InstantSource.system(), backoff, hold);
    }

    private MqttIntake started(TestJournal journal, Version version) throws IOException {
        MqttIntake intake = intake(source(broker.ownUri(), version), Door.of(journal.inbox));
        intake.start();
        Await.until("connected", () -> intake.state().isConnected());
        return intake;
    }

    static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "n" + i).toList();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void journalsMessagesAsTheyCameAndKeepsThemAtTheBrokerUntilAcknowledged(Version version) throws Exception {
        TestJournal journal = new TestJournal();
        try (TestDevice device = new TestDevice(broker.ownUri())) {
            try (MqttIntake intake = started(journal, version)) {
                device.flood(0, 20, 1);
                Await.until("20 messages", () -> journal.take().messages().size() == 20);
                assertEquals(Set.copyOf(numbered(0, 20)), Set.copyOf(journal.texts()));
                assertEquals(TestDevice.TOPIC, journal.messages().get(0).topic());
                assertEquals(Entry.Source.MQTT, journal.messages().get(0).source());
            }
            device.flood(20, 30, 1);
            TestJournal second = new TestJournal();
            try (MqttIntake intake = started(second, version)) {
                Await.until("what was not acknowledged, again", () -> second.take().messages().size() == 30);
                assertEquals(Set.copyOf(numbered(0, 30)), Set.copyOf(second.texts()));
                second.acknowledge();
                Await.until("acknowledged", () -> intake.counts().acknowledged() == 30);
            }
            assertEquals(List.of("new"), again(device, version));
        }
    }

    private List<String> again(TestDevice device, Version version) throws Exception {
        TestJournal journal = new TestJournal();
        try (MqttIntake intake = started(journal, version)) {
            device.send("new");
            Await.until("the new one", () -> journal.take().texts().contains("new"));
            journal.acknowledge();
            int taken = journal.texts().size();
            Await.until("acknowledged", () -> intake.counts().acknowledged() >= taken);
        }
        return journal.texts();
    }
}
