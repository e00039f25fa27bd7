package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dustwarden.core.Entry;
import dustwarden.intake.MqttSource.Login;
import dustwarden.intake.MqttSource.Tls;
import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The intake with a broker that others made, in a process of its own that dies and comes back. */
class MosquittoTest {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @BeforeAll
    static void isInstalled() {
        boolean there = Files.isExecutable(Mosquitto.PROGRAM);
        if (!there) {
            System.out.println("skipped: " + Mosquitto.PROGRAM + " is not there (Debian's package mosquitto)");
        }
        assumeTrue(there, Mosquitto.PROGRAM + " is not there (Debian's package mosquitto)");
    }

    private static MqttSource source(URI uri, String secret, Path ca, Version version) {
        return new MqttSource(
                uri,
                "dustwardentest",
                Optional.of(new Login(Mosquitto.USER, secret)),
                new Tls(Optional.of(ca), Optional.empty(), Optional.empty()),
                version,
                List.of(MqttSource.OWN_TOPICS),
                100);
    }

    private static MqttIntake started(MqttSource source, Door door, Duration hold) throws IOException {
        MqttIntake intake = MqttIntakeTest.intake(source, door, hold);
        intake.start();
        Await.until("connected", () -> intake.state().isConnected());
        return intake;
    }

    private static TestDevice device(URI uri, Path ca) throws IOException, MqttException {
        Tls tls = new Tls(Optional.of(ca), Optional.empty(), Optional.empty());
        return new TestDevice(
                uri,
                "device",
                TestDevice.login(Mosquitto.USER, Mosquitto.SECRET, PemTls.context(tls).getSocketFactory()));
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void journalsAndAcknowledgesOverTlsWithAPassword(Version version) throws Exception {
        Mosquitto.Certified certified = Mosquitto.Certified.make(directory, "broker", "dns:localhost");
        TestJournal journal = new TestJournal();
        try (Mosquitto broker = Mosquitto.guarded(directory, certified)) {
            broker.start();
            MqttSource source = source(broker.uri(), Mosquitto.SECRET, certified.chain(), version);
            try (TestDevice device = device(broker.uri(), certified.chain())) {
                try (MqttIntake intake = started(source, Door.of(journal.inbox), MqttTimes.HOLD_MOST)) {
                    device.flood(0, 200, 1);
                    Await.until("200 messages", () -> Set.copyOf(journal.take().acknowledge().texts()).size() == 200);
                    Await.until("acknowledged", () -> intake.counts().acknowledged() == 200);
                }
                device.send("while away");
            }
            TestJournal later = new TestJournal();
            try (MqttIntake intake = started(source, Door.of(later.inbox), MqttTimes.HOLD_MOST)) {
                Await.until("what came while away", () -> later.take().messages().size() == 1);
                assertEquals(List.of("while away"), later.texts(), () -> intake.counts().toString());
            }
            assertEquals(MqttIntakeTest.numbered(0, 200), journal.texts());
        }
    }

    @Test
    void saysWhyItIsNotLetIn() throws Exception {
        Mosquitto.Certified certified = Mosquitto.Certified.make(directory, "broker", "dns:localhost");
        Mosquitto.Certified other = Mosquitto.Certified.make(directory, "other", "dns:localhost");
        Mosquitto.Certified elsewhere = Mosquitto.Certified.make(directory, "elsewhere", "dns:broker.example");
        try (Mosquitto broker = Mosquitto.guarded(directory, certified)) {
            broker.start();
            for (Version version : List.of(Version.V5, Version.V3)) {
                assertRefused(source(broker.uri(), "guess", certified.chain(), version), "refuses the login, check mqtt.username");
                assertRefused(source(broker.uri(), Mosquitto.SECRET, other.chain(), version), "TLS with localhost");
            }
        }
        Path second = Files.createDirectory(directory.resolve("second"));
        try (Mosquitto broker = Mosquitto.guarded(second, elsewhere)) {
            broker.start();
            for (Version version : List.of(Version.V5, Version.V3)) {
                assertRefused(
                        source(broker.uri(), Mosquitto.SECRET, elsewhere.chain(), version),
                        "No subject alternative DNS name matching localhost");
            }
        }
    }

    private static void assertRefused(MqttSource source, String sentence) throws IOException {
        TestJournal journal = new TestJournal();
        try (MqttIntake intake = MqttIntakeTest.intake(source, Door.of(journal.inbox))) {
            intake.start();
            Await.until(sentence, () -> intake.state().lastTrouble().isPresent() && intake.counts().attempts() > 1);
            String said = intake.state().lastTrouble().orElseThrow().en();
            assertTrue(said.contains(sentence), said);
            assertEquals(MqttState.Kind.CONNECTING, intake.state().kind());
            assertEquals(0, intake.counts().connects());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void losesNothingThatABrokerPromisedThoughItIsKilled(Version version) throws Exception {
        TestJournal journal = new TestJournal();
        try (Mosquitto broker = Mosquitto.open(directory)) {
            broker.start();
            MqttSource source = MqttIntakeTest.source(broker.uri(), version);
            try (MqttIntake intake = started(source, Door.of(journal.inbox), MqttTimes.HOLD_MOST)) {
                try (TestDevice device = new TestDevice(broker.uri())) {
                    for (int i = 0; i < 300; i++) {
                        device.send("n" + i);
                        if (i == 99) {
                            Await.until("100 messages", () -> journal.take().messages().size() == 100);
                            journal.acknowledge();
                            Await.until("acknowledged", () -> intake.counts().acknowledged() == 100);
                        }
                    }
                    Await.until("on the way to us", () -> intake.counts().messages() > 150);
                    broker.save();
                }
                broker.kill();
                Await.until("down is told", () -> journal.take().links().size() == 1);
                journal.acknowledge();
                broker.start();
                Await.until("up again", () -> intake.state().isConnected());
                try (TestDevice device = new TestDevice(broker.uri())) {
                    for (int i = 300; i < 320; i++) {
                        device.send("n" + i);
                    }
                }
                Await.until("all 320", () -> Set.copyOf(journal.take().acknowledge().texts()).size() == 320);
                assertEquals(MqttIntakeTest.numbered(0, 320), List.copyOf(new LinkedHashSet<>(journal.texts())));
                assertEquals(List.of(false, true), journal.links().stream().map(Entry.Link::up).toList());
                assertEquals(2, intake.counts().connects());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"V5, 50000", "V3, 20000"})
    void aFloodWhileTheJournalIsHeldFillsTheInboxAndNoMore(Version version, int flood) throws Exception {
        int bound = 1000;
        TestJournal journal = new TestJournal(new Inbox(bound, 64 << 20));
        AtomicInteger deepest = new AtomicInteger();
        Door watched = new Door() {
            @Override
            public boolean offer(Arrival arrival) {
                boolean taken = journal.inbox.offer(arrival);
                deepest.accumulateAndGet(journal.inbox.depth(), Math::max);
                return taken;
            }

            @Override
            public boolean awaitRoom(Duration most) throws InterruptedException {
                return journal.inbox.awaitRoom(most);
            }
        };
        try (Mosquitto broker = Mosquitto.open(directory)) {
            broker.start();
            // More may be on the way than the inbox holds, and with 3.1.1 as many as the broker likes.
            MqttSource source = new MqttSource(
                    broker.uri(), "dustwardentest", Optional.empty(), Tls.DEFAULT, version, List.of("dust/v1/#"), 4096);
            try (MqttIntake intake = started(source, watched, MqttTimes.HOLD_MOST);
                    TestDevice device = new TestDevice(broker.uri())) {
                long before = usedBytes();
                device.flood(0, flood, 1, 1000, 500);
                long after = usedBytes();
                Await.until("a full inbox", () -> journal.inbox.depth() == bound);
                assertEquals(bound, intake.counts().messages());
                assertTrue(after - before < 500L * flood, () -> 1000L * flood + " bytes came, held are " + (after - before));
                Set<String> seen = new LinkedHashSet<>();
                Await.until("all of the flood", LONG, () -> {
                    journal.drained().forEach(text -> seen.add(text.strip()));
                    return seen.size() >= flood;
                });
                assertEquals(MqttIntakeTest.numbered(0, flood), new ArrayList<>(seen));
                assertTrue(deepest.get() <= bound, () -> "the inbox held " + deepest);
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("dustwardentest") || name.equals("mqtt-intake"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource(value = Version.class, names = {"V5", "V3"})
    void aBrokerThatComesAndGoesLeavesOneConnectionAndNoThreads(Version version) throws Exception {
        // A connection of an earlier test may still be ending.
        Await.until("no threads of others", () -> threads().isEmpty());
        TestJournal journal = new TestJournal();
        try (Mosquitto broker = Mosquitto.open(directory)) {
            broker.start();
            MqttSource source = MqttIntakeTest.source(broker.uri(), version);
            try (MqttIntake intake = started(source, Door.of(journal.inbox), MqttTimes.HOLD_MOST)) {
                List<String> threads = threads();
                for (int i = 1; i <= 25; i++) {
                    long attempts = intake.counts().attempts();
                    broker.kill();
                    // It is known to be away, so that this does not look like a fight for the client id.
                    Await.until("tries", () -> intake.counts().attempts() >= attempts + 2);
                    broker.start();
                    int times = i;
                    Await.until("again " + i, () -> intake.state().isConnected() && intake.counts().connects() > times);
                }
                Await.until("no more threads than at first", () -> threads().size() <= threads.size());
                assertEquals(26, intake.counts().connects());
                assertEquals(25, intake.counts().losses());
                assertEquals(1, broker.connections());
                try (TestDevice device = new TestDevice(broker.uri())) {
                    device.send("still there");
                }
                Await.until("a message", () -> journal.take().texts().equals(List.of("still there")));
            }
            Await.until("no threads after the end of " + threads(), () -> threads().isEmpty());
        }
    }
}
