package dustwarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTlsTest {
    private static final String PASSWORD = "changeit";
    private static final DeviceId DEVICE = new DeviceId("site-a", "dust-1");

    @TempDir
    Path directory;

    private Path store;
    private Path chain;
    private Path key;
    private KeyStore keys;

    @BeforeEach
    void makeCertificate() throws Exception {
        store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost",
                        "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2",
                        "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        chain = pem("chain.pem", "CERTIFICATE", keys.getCertificate("broker").getEncoded());
        key = pem("key.pem", "PRIVATE KEY", keys.getKey("broker", PASSWORD.toCharArray()).getEncoded());
    }

    private Path pem(String name, String kind, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private SocketFactory trust() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", keys.getCertificate("broker"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private EmbeddedBroker start(BrokerTls tls, Access access) throws IOException {
        return EmbeddedBroker.start(new BrokerSettings(
                directory.resolve("broker"), "0.0.0.0", 0, Optional.of(tls), Optional.of(access), BrokerLimits.DEFAULT));
    }

    @Test
    void encryptsForDevicesAndIsPlainForTheServiceOnLoopback() throws Exception {
        Path file = directory.resolve("passwords");
        String secret = new PasswordWriter(file, new SecureRandom()).renew(DEVICE);
        ServiceLogin service = ServiceLogin.random(new SecureRandom());
        Access access =
                new DeviceAccess(new DevicePasswords(file, problem -> {}), service, device -> List.of());
        for (BrokerTls tls : List.of(new BrokerTls.Pem(chain, key), new BrokerTls.KeyStore(store, PASSWORD))) {
            try (EmbeddedBroker broker = start(tls, access)) {
                URI outside = URI.create("ssl://localhost:" + broker.port());
                try (Client5 own = new Client5(broker.ownUri(), "own").login(service.user(), service.secret());
                        Client5 device = new Client5(outside, "d").trusting(trust()).login(DEVICE.toString(), secret);
                        Client5 wrong = new Client5(outside, "w").trusting(trust()).login(DEVICE.toString(), "x")) {
                    own.connect();
                    own.subscribe("dust/v1/#");
                    device.connect();
                    device.publish("dust/v1/site-a/dust-1/reading", "safe");
                    Await.until("over TLS", () -> own.has("safe"));
                    assertThrows(MqttException.class, wrong::connect);
                }
                try (RawClient plain = new RawClient(broker.port())) {
                    plain.send(new byte[] {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 0});
                    assertTrue(plain.isClosedByPeer());
                }
            }
        }
    }

    @Test
    void saysWhichCertificateIsNoGood() throws Exception {
        Path rubbish = Files.writeString(directory.resolve("rubbish.pem"), "rubbish");
        Access nobody = (user, secret) -> Optional.empty();
        for (BrokerTls tls : List.of(
                new BrokerTls.Pem(rubbish, key),
                new BrokerTls.Pem(chain, directory.resolve("none.pem")),
                new BrokerTls.KeyStore(store, "wrong"))) {
            IOException refused = assertThrows(IOException.class, () -> start(tls, nobody));
            assertTrue(refused.getMessage().startsWith("TLS cannot start with "), refused.getMessage());
        }
    }
}
