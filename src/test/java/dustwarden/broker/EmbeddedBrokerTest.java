package dustwarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
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

    private void restart() throws IOException {
        stop();
        start();
    }

    private Client5 client(String id) throws Exception {
        return new Client5(broker.ownUri(), id);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void deliversAtQos1ToBothVersions() throws Exception {
        try (Client5 reader = client("reader");
                Client3 old = new Client3(broker.ownUri(), "old")) {
            reader.connect();
            reader.subscribe("dust/v1/+/+/reading");
            old.connect(true);
            old.subscribe("dust/v1/#");
            assertEquals(0, reader.publish("dust/v1/site/dust-1/reading", "from 5"));
            old.publish("dust/v1/site/dust-1/reading", "from 3");
            Await.until("both have both", () -> reader.received.size() == 2 && old.received.size() == 2);
            assertEquals(List.of("from 5", "from 3"), reader.received.stream().map(Client5.Received::text).toList());
        }
    }

    @Test
    void keepsWhatAnAbsentSessionMissedOverARestart() throws Exception {
        try (Client5 reader = client("reader").session(3_600)) {
            assertFalse(reader.connect());
            reader.subscribe("dust/v1/#");
        }
        try (Client5 device = client("device")) {
            device.connect();
            for (int i = 0; i < 20; i++) {
                device.publish("dust/v1/site/dust-1/reading", "n" + i);
            }
        }
        restart();
        try (Client5 reader = client("reader").session(3_600)) {
            assertTrue(reader.connect());
            Await.until("20 of 20", () -> reader.received.size() >= 20);
            assertEquals(
                    IntStream.range(0, 20).mapToObj(i -> "n" + i).toList(),
                    reader.received.stream().map(Client5.Received::text).toList());
        }
    }

    @Test
    void keepsASessionThatAsksForMoreThanTheBrokerCanCount() throws Exception {
        try (Client5 reader = client("reader").session(60L * 86_400)) {
            reader.connect();
            reader.subscribe("dust/v1/#");
        }
        // Artemis looks for expired sessions every 5 s; a long one must not count as expired.
        long end = System.nanoTime() + 6_000_000_000L;
        Await.until("a scan has passed", () -> System.nanoTime() > end);
        try (Client5 reader = client("reader").session(60L * 86_400)) {
            assertTrue(reader.connect());
        }
    }

    @Test
    void keepsRetainedMessagesOverARestart() throws Exception {
        try (Client5 device = client("device")) {
            device.connect();
            device.publish("dust/v1/site/dust-1/status", bytes("old"), true);
            device.publish("dust/v1/site/dust-1/status", bytes("new"), true);
            device.publish("dust/v1/site/dust-2/status", bytes("gone"), true);
            device.publish("dust/v1/site/dust-2/status", new byte[0], true);
        }
        restart();
        for (String filter : List.of("dust/v1/site/dust-1/status", "dust/v1/+/+/status", "dust/#", "+/v1/#", "#")) {
            try (Client5 reader = client("reader")) {
                reader.connect();
                reader.subscribe(filter);
                Await.until("retained for " + filter, () -> reader.has("new"));
                assertEquals(1, reader.received.size());
                assertTrue(reader.received.get(0).retained());
            }
        }
    }

    @Test
    void sendsTheWillWhenASocketBreaksAndNotAfterAGoodbye() throws Exception {
        try (Client5 reader = client("reader");
                RawClient device = new RawClient(broker.port())) {
            reader.connect();
            reader.subscribe("dust/v1/#");
            try (RawClient polite = new RawClient(broker.port())) {
                polite.connect("polite", "", "", Optional.of(new RawClient.Will("dust/v1/site/dust-2/status", "polite")));
                polite.send(new byte[] {(byte) 0xE0, 0});
                // The broker hangs up once it has read the goodbye; a socket that breaks before that is no goodbye.
                assertTrue(polite.isClosedByPeer());
            }
            device.connect("device", "", "", Optional.of(new RawClient.Will("dust/v1/site/dust-1/status", "offline")));
            device.close();
            Await.until("the will", () -> reader.has("offline"));
            assertFalse(reader.has("polite"));
        }
    }

    @Test
    void sendsNoWillBecauseTheBrokerItselfStops() throws Exception {
        try (Client5 reader = client("reader").session(3_600)) {
            reader.connect();
            reader.subscribe("dust/v1/#");
        }
        try (Client5 five = client("five").will("dust/v1/site/dust-1/status", "offline 5");
                RawClient three = new RawClient(broker.port())) {
            five.connect();
            three.connect("three", "", "", Optional.of(new RawClient.Will("dust/v1/site/dust-2/status", "offline 3")));
            restart();
        }
        try (Client5 reader = client("reader").session(3_600);
                Client5 device = client("device")) {
            reader.connect();
            device.connect();
            device.publish("dust/v1/site/dust-1/reading", "last");
            Await.until("what came after the restart", () -> reader.has("last"));
            assertEquals(1, reader.received.size());
        }
    }

    @Test
    void deliversAMegabyteAndKeepsItOverARestart() throws Exception {
        byte[] large = new byte[1_000_000];
        java.util.Arrays.fill(large, (byte) 'x');
        try (Client5 reader = client("reader").session(3_600)) {
            reader.connect();
            reader.subscribe("dust/v1/#");
        }
        try (Client5 device = client("device")) {
            device.connect();
            assertEquals(0, device.publish("dust/v1/site/dust-1/reading", large, false));
        }
        restart();
        try (Client5 reader = client("reader").session(3_600)) {
            reader.connect();
            Await.until("a megabyte", () -> reader.received.size() == 1);
            assertEquals(1_000_000, reader.received.get(0).payload().length);
        }
    }

    @Test
    void keepsTopicsWithTheBrokersOwnSpecialCharactersApart() throws Exception {
        try (Client5 reader = client("reader")) {
            reader.connect();
            assertTrue(reader.subscribe("a.b/c*d/>") < 128);
            reader.publish("a.b/c*d/>", "right");
            reader.publish("a/b/c*d/>", "wrong");
            reader.publish("a.b/cxd/>", "wrong");
            reader.publish("a.b/c*d/x", "wrong");
            reader.publish("a\\.b/c*d/>", "wrong");
            assertTrue(reader.subscribe("end") < 128);
            reader.publish("end", "end");
            Await.until("end", () -> reader.has("end"));
            assertEquals(List.of("right", "end"), reader.received.stream().map(Client5.Received::text).toList());
        }
    }

    @Test
    void refusesATopicThatNamesAQueue() throws Exception {
        try (Client5 device = client("device");
                RawClient raw = new RawClient(broker.port())) {
            device.connect();
            device.subscribe("dust/x");
            raw.connect("raw", "", "", Optional.empty());
            raw.publish("dust/x::device.dust/x", "smuggled");
            assertTrue(raw.isClosedByPeer());
            assertEquals(1, broker.counts().packetsRefused());
            assertTrue(device.isConnected());
            assertTrue(device.received.isEmpty());
        }
    }

    @Test
    void closesTheDoorOnBytesThatAreNotMqttWithoutHarmToOthers() throws Exception {
        List<byte[]> rubbish = List.of(
                bytes("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"),
                bytes("##0123QN=20260314090001000;ST=22;CN=2011;"),
                new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3},
                new byte[] {0x10, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 4, 'M', 'Q', 'T', 'T', 4},
                new byte[] {0x10, 20, 0, 4, 'H', 'T', 'T', 'P', 4, 2, 0, 60},
                new byte[] {0x30, 5, 0, 1, 'a', 0, 0, 0, 0});
        try (Client5 device = client("device")) {
            device.connect();
            device.subscribe("dust/#");
            for (byte[] bytes : rubbish) {
                try (RawClient stranger = new RawClient(broker.port())) {
                    stranger.send(bytes);
                    assertTrue(stranger.isClosedByPeer());
                }
            }
            assertEquals(0, device.publish("dust/v1/site/dust-1/reading", "still here"));
            Await.until("still here", () -> device.has("still here"));
            assertEquals(rubbish.size(), broker.counts().packetsRefused());
        }
    }

    @Test
    void leavesNothingBehindAfterManyConnections() throws Exception {
        for (int i = 0; i < 20; i++) {
            connectAndGo(i);
        }
        Await.until("all gone", () -> broker.counts().connections() == 0);
        int before = Thread.activeCount();
        for (int i = 0; i < 200; i++) {
            connectAndGo(i);
        }
        Await.until("all gone", () -> broker.counts().connections() == 0);
        Await.until("no more threads", () -> Thread.activeCount() <= before + 8);
    }

    private void connectAndGo(int i) throws IOException {
        try (RawClient client = new RawClient(broker.port())) {
            assertEquals(0, client.connect("c" + i, "", "", Optional.empty()));
        }
    }

    @Test
    void endsItsThreadsWhenItStops() throws Exception {
        broker.stop();
        broker.stop();
        Await.until("no thread of the broker's", () -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.contains("ActiveMQ") || name.contains("mqtt-listener")));
    }

    @Test
    void cutsClientsOffUnacknowledgedWhenTheDiskIsFullAndSaysSo(@TempDir Path other) throws Exception {
        BrokerSettings open = BrokerSettings.open(other, 0);
        BrokerLimits full = new BrokerLimits(1 << 20, 100, 1 << 20, 1L << 60);
        try (EmbeddedBroker small = EmbeddedBroker.start(new BrokerSettings(
                        other, open.host(), 0, open.tls(), open.access(), full));
                Client5 device = new Client5(small.ownUri(), "device")) {
            Await.until("the disk was looked at", () -> small.counts().diskFull());
            device.connect();
            device.subscribe("dust/#");
            assertTrue(device.publish("dust/v1/site/dust-1/reading", "lost") != 0);
            Await.until("cut off", () -> !device.isConnected());
            assertTrue(device.received.isEmpty());
        }
        assertFalse(broker.counts().diskFull());
    }

    @Test
    void saysWhatKeepsItFromStarting(@TempDir Path other) {
        IOException samePort = assertThrows(
                IOException.class, () -> EmbeddedBroker.start(BrokerSettings.open(other, broker.port())));
        assertTrue(samePort.getMessage().contains("cannot listen for MQTT on 127.0.0.1:" + broker.port()));
        IOException sameDirectory = assertThrows(
                IOException.class, () -> EmbeddedBroker.start(BrokerSettings.open(directory, 0)));
        assertTrue(sameDirectory.getMessage().contains("in use"));
    }
}
