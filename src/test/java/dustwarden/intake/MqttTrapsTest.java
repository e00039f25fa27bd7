package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.broker.BrokerSettings;
import dustwarden.broker.EmbeddedBroker;
import dustwarden.core.Entry;
import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps of the client library and of brokers that would lose data in silence, or hold it up for ever. */
class MqttTrapsTest {
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

    private MqttIntake started(Door door, Version version, Duration hold) throws IOException {
        MqttIntake intake = MqttIntakeTest.intake(MqttIntakeTest.source(broker.ownUri(), version), door, hold);
        intake.start();
        Await.until("connected", () -> intake.state().isConnected());
        return intake;
    }

    private static List<String> firstTimes(TestJournal journal) {
        return List.copyOf(new LinkedHashSet<>(journal.texts()));
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void aMessageWhoseTakingFailsComesAgainAndBeforeThoseAfterIt(Version version) throws Exception {
        TestJournal journal = new TestJournal();
        Door door = Door.of(journal.inbox);
        AtomicInteger messages = new AtomicInteger();
        Door failing = new Door() {
            @Override
            public boolean offer(Arrival arrival) {
                boolean message = arrival.entry().apply(0) instanceof Entry.Message;
                int number = message ? messages.incrementAndGet() : 0;
                if (number == 6) {
                    throw new IllegalStateException("no");
                }
                if (number == 9) {
                    throw new StackOverflowError();
                }
                return door.offer(arrival);
            }

            @Override
            public boolean awaitRoom(Duration most) throws InterruptedException {
                return door.awaitRoom(most);
            }
        };
        try (MqttIntake intake = started(failing, version, MqttTimes.HOLD_MOST);
                TestDevice device = new TestDevice(broker.ownUri())) {
            for (int i = 0; i < 20; i++) {
                device.send("n" + i);
            }
            Await.until("all 20", () -> Set.copyOf(journal.take().acknowledge().texts()).size() == 20);
            assertEquals(MqttIntakeTest.numbered(0, 20), firstTimes(journal));
            assertEquals(2, intake.counts().failures());
            // Messages may come before the connection is counted.
            Await.until("three connections", () -> intake.counts().connects() == 3);
            assertTrue(intake.state().lastTrouble().orElseThrow().en().contains("will come again"));
            Await.until("nothing is left unacknowledged", () -> {
                journal.take().acknowledge();
                return intake.counts().acknowledged() + intake.counts().stale() == intake.counts().messages();
            });
        }
        TestJournal later = new TestJournal();
        try (MqttIntake intake = started(Door.of(later.inbox), version, MqttTimes.HOLD_MOST);
                TestDevice device = new TestDevice(broker.ownUri())) {
            device.send("last");
            Await.until("the last", () -> later.take().texts().contains("last"));
            later.acknowledge();
            assertEquals(List.of("last"), later.texts(), "all the others were acknowledged");
            assertEquals(1, intake.counts().connects());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void whatWasNotAcknowledgedComesAgainInOrder(Version version) throws Exception {
        TestJournal first = new TestJournal(new Inbox(5, 1 << 20));
        try (MqttIntake intake = started(Door.of(first.inbox), version, MqttTimes.HOLD_MOST);
                TestDevice device = new TestDevice(broker.ownUri())) {
            for (int i = 0; i < 30; i++) {
                device.send("n" + i);
            }
            Await.until("a full inbox", () -> first.inbox.depth() == 5);
            assertEquals(List.of("n0", "n1", "n2", "n3"), first.take().texts().subList(0, 4));
        }
        TestJournal second = new TestJournal();
        try (MqttIntake intake = started(Door.of(second.inbox), version, MqttTimes.HOLD_MOST)) {
            Await.until("all 30 again", () -> second.take().texts().size() == 30);
            second.acknowledge();
            assertEquals(MqttIntakeTest.numbered(0, 30), second.texts());
            Await.until("acknowledged", () -> intake.counts().acknowledged() == 30);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void keepsOfAMegabyteItsLengthItsHashAndItsFirstKibibyte(Version version) throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(5).nextBytes(large);
        byte[] largest = Arrays.copyOf(large, 64 * 1024);
        TestJournal journal = new TestJournal();
        try (MqttIntake intake = started(Door.of(journal.inbox), version, MqttTimes.HOLD_MOST);
                TestDevice device = new TestDevice(broker.ownUri())) {
            device.send(TestDevice.TOPIC, large, 1, false);
            device.send(TestDevice.TOPIC, largest, 1, false);
            device.send("small");
            Await.until("three", () -> journal.take().messages().size() == 3);
            journal.acknowledge();
            Entry.Message kept = journal.messages().get(0);
            String hash = HexFormat.of().formatHex(Kept.sha256().digest(large));
            assertEquals(new Entry.Oversize(1 << 20, hash), kept.oversize().orElseThrow());
            assertArrayEquals(Arrays.copyOf(large, 1024), kept.payload());
            assertTrue(journal.messages().get(1).oversize().isEmpty());
            assertArrayEquals(largest, journal.messages().get(1).payload());
            assertEquals(1, intake.counts().oversize());
            Await.until("acknowledged", () -> intake.counts().acknowledged() == 3);
            assertEquals(1, intake.counts().connects());
        }
    }

    private static Set<String> workingDirectory() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void leavesNoFilesInTheWorkingDirectory(Version version) throws Exception {
        Set<String> before = workingDirectory();
        TestJournal journal = new TestJournal();
        try (MqttIntake intake = started(Door.of(journal.inbox), version, MqttTimes.HOLD_MOST);
                TestDevice device = new TestDevice(broker.ownUri())) {
            device.send("one");
            Await.until("one", () -> journal.take().messages().size() == 1);
            assertEquals(before, workingDirectory(), () -> "while " + intake.state());
        }
        assertEquals(before, workingDirectory());
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void aFullInboxHoldsTheBrokerBackAndIsFilledAgain(Version version) throws Exception {
        TestJournal journal = new TestJournal(new Inbox(10, 1 << 20));
        try (MqttIntake intake = started(Door.of(journal.inbox), version, Duration.ofMillis(200));
                TestDevice device = new TestDevice(broker.ownUri())) {
            for (int i = 0; i < 40; i++) {
                device.send("n" + i);
            }
            Await.until("held back", () -> intake.state().kind() == MqttState.Kind.HELD_BACK);
            assertEquals(10, journal.inbox.depth());
            assertEquals(10, intake.counts().messages());
            assertTrue(intake.state().sentence().en().contains("stay at the broker"));
            Await.until("all 40", () -> Set.copyOf(journal.take().acknowledge().texts()).size() == 40);
            assertEquals(MqttIntakeTest.numbered(0, 40), firstTimes(journal));
            Await.until("connected again", () -> intake.state().isConnected());
        }
    }

    @Test
    void stopsForAnotherProcessWithOurClientId() throws Exception {
        TestJournal journal = new TestJournal();
        try (MqttIntake intake = started(Door.of(journal.inbox), Version.AUTO, MqttTimes.HOLD_MOST)) {
            MqttConnectionOptions kept = new MqttConnectionOptions();
            kept.setCleanStart(false);
            kept.setSessionExpiryInterval(60L);
            try (TestDevice other = new TestDevice(broker.ownUri(), "dustwardentest", kept)) {
                Await.until("taken over", () -> intake.state().kind() == MqttState.Kind.TAKEN_OVER);
                assertTrue(intake.state().sentence().en().contains("another process uses our client id"));
                Await.until("told", () -> journal.take().links().stream().anyMatch(link -> !link.up()));
                other.send("undisturbed");
                assertEquals(1, intake.counts().attempts(), "nobody is thrown out in turn");
            }
        }
    }

    @Test
    void guessesAFightWithAnotherProcessWhereTheBrokerDoesNotTell() throws Exception {
        try (MqttIntake one = started(Door.of(new TestJournal().inbox), Version.V3, MqttTimes.HOLD_MOST);
                MqttIntake two = started(Door.of(new TestJournal().inbox), Version.V3, MqttTimes.HOLD_MOST)) {
            Await.until("one gives way", Duration.ofSeconds(60), () -> Stream.of(one, two)
                    .anyMatch(intake -> intake.state().kind() == MqttState.Kind.TAKEN_OVER));
            Await.until("the other stays", () -> Stream.of(one, two).anyMatch(intake -> intake.state().isConnected()));
        }
    }
}
