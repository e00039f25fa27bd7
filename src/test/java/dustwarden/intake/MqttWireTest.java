package dustwarden.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes over the wire, seen by a broker that does what no good one does. */
class MqttWireTest {
    private static final byte[] NO_PROPERTIES = {};
    private static final byte[] TOPIC = TestDevice.TOPIC.getBytes(UTF_8);

    private static MqttIntake started(FakeBroker broker, TestJournal journal, Version version) throws Exception {
        MqttIntake intake = MqttIntakeTest.intake(MqttIntakeTest.source(broker.uri(), version), Door.of(journal.inbox));
        intake.start();
        Await.until("connected", () -> broker.isSubscribed() && intake.state().isConnected());
        return intake;
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void acknowledgesNothingBeforeTheJournalDoes(Version version) throws Exception {
        TestJournal journal = new TestJournal();
        try (FakeBroker broker = new FakeBroker(FakeBroker.ToNew.WELCOME)) {
            try (MqttIntake intake = started(broker, journal, version)) {
                for (int id = 1; id <= 5; id++) {
                    broker.publish(id, TOPIC, NO_PROPERTIES, ("n" + id).getBytes(UTF_8));
                }
                Await.until("5 messages", () -> journal.take().messages().size() == 5);
                journal.acknowledge();
                Await.until("5 acknowledgements", () -> broker.acknowledged().size() == 5);
                broker.publish(6, TOPIC, NO_PROPERTIES, "never".getBytes(UTF_8));
                Await.until("6 messages", () -> journal.take().messages().size() == 6);
            }
            // Said last of all, so that whatever was sent before it has been seen.
            Await.until("goodbye", () -> broker.packets(FakeBroker.DISCONNECT).size() == 1);
            assertEquals(List.of(1, 2, 3, 4, 5), broker.acknowledged());
            assertEquals(1, broker.packets(FakeBroker.CONNECT).size());
        }
    }

    @ParameterizedTest
    @EnumSource(value = FakeBroker.ToNew.class, names = "WELCOME", mode = EnumSource.Mode.EXCLUDE)
    void fallsBackToTheOlderMqttWithABrokerThatRefusesTheNewer(FakeBroker.ToNew refusal) throws Exception {
        TestJournal journal = new TestJournal();
        try (FakeBroker broker = new FakeBroker(refusal);
                MqttIntake intake = started(broker, journal, Version.AUTO)) {
            assertEquals(4, broker.level());
            broker.publish(1, TOPIC, NO_PROPERTIES, "old".getBytes(UTF_8));
            Await.until("a message", () -> journal.take().texts().equals(List.of("old")));
            journal.acknowledge();
            Await.until("acknowledged", () -> broker.acknowledged().equals(List.of(1)));
            assertEquals(5, broker.packets(FakeBroker.CONNECT).get(0).body()[6]);
            assertTrue(intake.counts().attempts() <= 3, () -> intake.counts().toString());
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("hungupon"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void connectionsThatEndAtOnceLeaveNoThreads(Version version) throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> {
                while (!proxy.isClosed()) {
                    try (Socket socket = proxy.accept()) {
                        socket.setSoLinger(true, 0);
                    } catch (IOException e) {
                        // The client was quicker, or the test is over.
                        Thread.onSpinWait();
                    }
                }
            });
            closing.setDaemon(true);
            closing.start();
            URI uri = URI.create("tcp://127.0.0.1:" + proxy.getLocalPort());
            MqttSource source = new MqttSource(
                    uri, "hungupon", Optional.empty(), MqttSource.Tls.DEFAULT, version, List.of("dust/v1/#"), 100);
            try (MqttIntake intake = MqttIntakeTest.intake(source, Door.of(new TestJournal().inbox))) {
                intake.start();
                Await.until("10 tries", () -> intake.counts().attempts() >= 10);
            }
            Await.until("no threads are left", () -> threads().isEmpty());
        }
    }

    /** Characters that the client library dies of, by their bytes. */
    private static List<byte[]> badText() {
        List<byte[]> all = new ArrayList<>();
        // U+0000, U+0001, U+007F, U+0085, U+FDD0, U+FDFF, U+FFFE, U+FFFF, U+1FFFE, U+10FFFF, a surrogate, not UTF-8, full-width
        for (String hex : List.of(
                "00", "01", "7f", "c285", "efb790", "efb7bf", "efbfbe", "efbfbf", "f09fbfbe", "f48fbfbf", "eda080", "ff", "c2", "efbc9a")) {
            all.add(HexFormat.of().parseHex(hex));
        }
        return all;
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void takesATopicThatTheLibraryWouldDieOf(Version version) throws Exception {
        TestJournal journal = new TestJournal();
        try (FakeBroker broker = new FakeBroker(FakeBroker.ToNew.WELCOME);
                MqttIntake intake = started(broker, journal, version)) {
            int id = 1;
            for (byte[] bad : badText()) {
                byte[] topic = joined("dust/v1/红/".getBytes(UTF_8), bad, "/reading".getBytes(UTF_8));
                broker.publish(id++, topic, NO_PROPERTIES, "\u0001\u0085 as it came".getBytes(UTF_8));
            }
            broker.publish(id, TOPIC, NO_PROPERTIES, "after".getBytes(UTF_8));
            int all = id;
            Await.until("all of them", () -> journal.take().messages().size() == all);
            journal.acknowledge();
            Await.until("acknowledged", () -> broker.acknowledged().size() == all);
            assertEquals("\u0001\u0085 as it came", journal.texts().get(0));
            assertEquals("after", journal.texts().get(all - 1));
            assertEquals("dust/v1/红/?/reading", journal.messages().get(1).topic());
            assertEquals(TestDevice.TOPIC, journal.messages().get(all - 1).topic());
            assertEquals(1, intake.counts().attempts());
        }
    }

    @Test
    void takesPropertiesThatTheLibraryWouldDieOf() throws Exception {
        TestJournal journal = new TestJournal();
        try (FakeBroker broker = new FakeBroker(FakeBroker.ToNew.WELCOME);
                MqttIntake intake = started(broker, journal, Version.V5)) {
            // Format, lifetime, correlation data, then content type, response topic and a pair, each with U+0001 in it.
            byte[] properties = HexFormat.of().parseHex(
                    "0101" + "020000003c" + "0900020101" + "0300020161" + "0800016f" + "26000101000101");
            broker.publish(1, TOPIC, properties, "one".getBytes(UTF_8));
            broker.publish(2, TOPIC, NO_PROPERTIES, "two".getBytes(UTF_8));
            Await.until("both", () -> journal.take().texts().equals(List.of("one", "two")));
            journal.acknowledge();
            assertEquals(1, intake.counts().attempts());
        }
    }
}
