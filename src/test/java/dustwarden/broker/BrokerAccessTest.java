package dustwarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAccessTest {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int BAD_USER_OR_PASSWORD = 0x86;
    private static final String ME = "site-a/dust-1";
    private static final String OTHER = "site-b/dust-1";
    private static final String FOG = "site-a/fog-1";

    @TempDir
    Path directory;

    private final ServiceLogin service = ServiceLogin.random(new SecureRandom());
    private PasswordWriter writer;
    private String mySecret;
    private String otherSecret;
    private String fogSecret;
    private EmbeddedBroker broker;
    private Client5 watcher;

    @BeforeEach
    void start() throws Exception {
        Path file = directory.resolve("passwords");
        writer = new PasswordWriter(file, new SecureRandom());
        mySecret = writer.renew(DeviceId.parse(ME).orElseThrow());
        otherSecret = writer.renew(DeviceId.parse(OTHER).orElseThrow());
        fogSecret = writer.renew(DeviceId.parse(FOG).orElseThrow());
        DevicePasswords passwords = new DevicePasswords(file, problem -> {});
        Access access = new DeviceAccess(passwords, service, BrokerAccessTest::ownTopics);
        broker = EmbeddedBroker.start(new BrokerSettings(
                directory.resolve("broker"), "127.0.0.1", 0, Optional.empty(), Optional.of(access), BrokerLimits.DEFAULT));
        watcher = new Client5(broker.ownUri(), "watcher").login(service.user(), service.secret());
        watcher.connect();
        assertEquals(1, watcher.subscribe("#"));
    }

    private static List<String> ownTopics(DeviceId device) {
        return device.toString().equals(FOG) ? List.of("shelly-a8032ab1/#", "#") : List.of();
    }

    @AfterEach
    void stop() throws Exception {
        watcher.close();
        broker.stop();
    }

    private Client5 me() throws Exception {
        return client(ME, mySecret, "c");
    }

    private Client5 client(String user, String secret, String clientId) throws Exception {
        Client5 client = new Client5(broker.ownUri(), clientId).login(user, secret);
        client.connect();
        return client;
    }

    private void nothingButTheEndArrives() {
        assertEquals(0, watcher.publish("end", "end"));
        Await.until("end", () -> watcher.has("end"));
        assertEquals(1, watcher.received.size());
    }

    @Test
    void letsADeviceUseItsOwnPaths() throws Exception {
        try (Client5 me = me()) {
            assertEquals(1, me.subscribe("warden/v1/site-a/dust-1/#"));
            assertEquals(1, me.subscribe("warden/v1/site-a/dust-1/set"));
            assertTrue(me.publish("dust/v1/site-a/dust-1/reading", "mine") < 128);
            watcher.publish("warden/v1/site-a/dust-1/set", "command");
            Await.until("both ways", () -> watcher.has("mine") && me.has("command"));
            assertEquals(0, broker.counts().pathsRefused());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dust/v1/site-b/dust-1/reading",
                "dust/v1/site-a/dust-2/reading",
                "dust/v1/site-a/dust-10/reading",
                "dust/v1/site-a/dust-1",
                "dust/v1/site-a/dust-1/",
                "dust.v1.site-b.dust-1.reading",
                "dust/v1/region/410700/order",
                "warden/v1/site-a/dust-1/set",
                "$sys.mqtt.sessions",
                "$sys.mqtt.retain.dust/v1/site-b/dust-1/status",
                "activemq.management",
                "shelly-a8032ab1/status",
                "/dust/v1/site-a/dust-1/reading",
                "DUST/v1/site-a/dust-1/reading"
            })
    void refusesAPublishElsewhereAndDeliversNothing(String topic) throws Exception {
        try (Client5 me = me()) {
            assertEquals(NOT_AUTHORIZED, me.publish(topic, "foreign"));
            assertEquals(NOT_AUTHORIZED, me.publish(topic, "foreign".getBytes(StandardCharsets.UTF_8), true));
            assertTrue(me.isConnected());
        }
        assertEquals(2, broker.counts().pathsRefused());
        nothingButTheEndArrives();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "+/v1/site-a/dust-1/#",
                "dust/v1/#",
                "dust/v1/site-a/dust-1/#",
                "warden/v1/#",
                "warden/v1/+/dust-1/set",
                "warden/v1/site-a/+/set",
                "warden/v1/site-a/dust-10/set",
                "$sys.mqtt.sessions",
                "$SYS/#",
                "shelly-a8032ab1/#"
            })
    void refusesASubscriptionElsewhere(String filter) throws Exception {
        try (Client5 me = me()) {
            assertEquals(NOT_AUTHORIZED, me.subscribe(filter));
            watcher.publish("warden/v1/site-b/dust-1/set", "secret");
            watcher.publish("dust/v1/site-b/dust-1/reading", "secret");
            Await.until("delivered", () -> watcher.received.size() == 2);
            assertTrue(me.received.isEmpty());
            assertEquals(1, broker.counts().pathsRefused());
        }
    }

    @Test
    void refusesOnVersion311Too() throws Exception {
        try (RawClient me = new RawClient(broker.port())) {
            assertEquals(0, me.connect("c3", ME, mySecret, Optional.empty()));
            me.subscribe("#");
            assertEquals(0x80, me.read()[2] & 0xff);
            me.publish("dust/v1/site-b/dust-1/reading", "foreign");
            assertTrue(me.isClosedByPeer());
        }
        nothingButTheEndArrives();
    }

    /** A shared subscription named after a session reaches that session's queue. */
    @ParameterizedTest
    @ValueSource(strings = {"$share/watcher/#", "$share/g/#", "$share/g/warden/v1/site-a/dust-1/#"})
    void closesTheConnectionOfASharedSubscriptionAndHarmsNobody(String filter) throws Exception {
        try (RawClient me = new RawClient(broker.port())) {
            assertEquals(0, me.connect("c3", ME, mySecret, Optional.empty()));
            me.subscribe(filter);
            assertTrue(me.isClosedByPeer());
        }
        assertEquals(1, broker.counts().packetsRefused());
        nothingButTheEndArrives();
    }

    @Test
    void aWillObeysTheRule() throws Exception {
        for (String topic : List.of("dust/v1/site-b/dust-1/status", "dust/v1/#", "dust/v1/site-a/dust-1/status")) {
            try (RawClient me = new RawClient(broker.port())) {
                me.connect("will", ME, mySecret, Optional.of(new RawClient.Will(topic, topic)));
            }
        }
        Await.until("the allowed will", () -> watcher.has("dust/v1/site-a/dust-1/status"));
        nothingElseThan("dust/v1/site-a/dust-1/status");
    }

    private void nothingElseThan(String text) {
        watcher.publish("end", "end");
        Await.until("end", () -> watcher.has("end"));
        assertEquals(List.of(text, "end"), watcher.received.stream().map(Client5.Received::text).toList());
    }

    @Test
    void aDeviceWithItsOwnTopicsMayUseThemAndNoOthers() throws Exception {
        try (Client5 fog = client(FOG, fogSecret, "fog")) {
            assertTrue(fog.publish("shelly-a8032ab1/status/switch:0", "on") < 128);
            assertTrue(fog.publish("dust/v1/site-a/fog-1/status", "online") < 128);
            assertEquals(1, fog.subscribe("shelly-a8032ab1/rpc"));
            assertEquals(NOT_AUTHORIZED, fog.publish("dust/v1/site-b/dust-1/reading", "foreign"));
            assertEquals(NOT_AUTHORIZED, fog.subscribe("warden/v1/#"));
            assertEquals(NOT_AUTHORIZED, fog.subscribe("#"));
            Await.until("both", () -> watcher.has("on") && watcher.has("online"));
            assertFalse(watcher.has("foreign"));
        }
    }

    @Test
    void refusesAWrongSecretAndAnUnknownName() throws Exception {
        assertEquals(BAD_USER_OR_PASSWORD, loginCode(ME, otherSecret));
        assertEquals(BAD_USER_OR_PASSWORD, loginCode(ME, ""));
        assertEquals(BAD_USER_OR_PASSWORD, loginCode("site-c/dust-1", mySecret));
        assertEquals(BAD_USER_OR_PASSWORD, loginCode("site-a/dust-1/", mySecret));
        assertEquals(BAD_USER_OR_PASSWORD, loginCode(service.user(), mySecret));
        assertEquals(5, broker.counts().loginsRefused());
        assertEquals(BAD_USER_OR_PASSWORD, loginCode("ACTIVEMQ.CLUSTER.ADMIN.USER", "CLUSTER.ADMIN.PASSWORD"));
        try (RawClient anonymous = new RawClient(broker.port())) {
            assertEquals(5, anonymous.connect("c", "", "", Optional.empty()));
        }
    }

    private int loginCode(String user, String secret) throws Exception {
        try (Client5 client = new Client5(broker.ownUri(), "intruder").login(user, secret)) {
            return assertThrows(MqttException.class, client::connect).getReasonCode();
        }
    }

    @Test
    void aDeviceCannotTakeOverTheSessionOfAnother() throws Exception {
        try (Client5 other = client(OTHER, otherSecret, "shared-name");
                Client5 me = client(ME, mySecret, "shared-name");
                Client5 thief = client(ME, mySecret, "watcher")) {
            assertTrue(other.isConnected());
            assertTrue(me.isConnected());
            assertTrue(thief.isConnected());
            assertEquals(0, watcher.publish("still/here", "end"));
            Await.until("the watcher still reads", () -> watcher.has("end"));
        }
    }

    @Test
    void aClientIdThatReachesIntoSelectorsIsRefused() throws Exception {
        try (Client5 client = new Client5(broker.ownUri(), "x' OR '1'='1").login(ME, mySecret)) {
            assertThrows(MqttException.class, client::connect);
        }
        assertEquals(1, broker.counts().loginsRefused());
    }

    @Test
    void aDeviceCannotFillTheMemoryWithTopics() throws Exception {
        try (Client5 me = me()) {
            for (int i = 0; i < ArtemisSecurity.DEVICE_TOPICS_MAX; i++) {
                assertEquals(0, me.publish("dust/v1/site-a/dust-1/t" + i, "x"));
            }
            assertEquals(NOT_AUTHORIZED, me.publish("dust/v1/site-a/dust-1/one-more", "x"));
            assertEquals(0, me.publish("dust/v1/site-a/dust-1/t0", "x"));
        }
    }

    @Test
    void aDeviceKeepsItsOwnSession() throws Exception {
        for (boolean present : new boolean[] {false, true}) {
            try (Client5 me = new Client5(broker.ownUri(), "mine").login(ME, mySecret).session(600)) {
                assertEquals(present, me.connect());
                me.subscribe("warden/v1/site-a/dust-1/set");
            }
        }
    }

    @Test
    void aNewSecretCountsAtOnceAndEndsTheOldOne() throws Exception {
        try (Client5 me = me()) {
            String fresh = writer.renew(DeviceId.parse(ME).orElseThrow());
            assertEquals(BAD_USER_OR_PASSWORD, loginCode(ME, mySecret));
            client(ME, fresh, "again").close();
            Await.until("who logged in with the old one may do nothing", () -> refused(me));
        }
    }

    private static boolean refused(Client5 client) {
        return client.publish("dust/v1/site-a/dust-1/reading", "old") == NOT_AUTHORIZED;
    }

    @Test
    void aBadPasswordFileLocksNobodyOut() throws Exception {
        Files.writeString(directory.resolve("passwords"), "rubbish\n");
        me().close();
    }

    @Test
    void withoutAccessOnlyLoopbackIsPossible() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new BrokerSettings(
                        directory, "0.0.0.0", 0, Optional.empty(), Optional.empty(), BrokerLimits.DEFAULT));
    }
}
