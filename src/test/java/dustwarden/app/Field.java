package dustwarden.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** All devices of a site on one connection; each message counts once the broker has acknowledged it. */
final class Field implements AutoCloseable {
    private static final long PATIENCE_MS = 30_000;
    private static final int UNANSWERED_MAX = 10;

    private final MqttAsyncClient client;
    private final List<IMqttToken> open = new ArrayList<>();

    private Field(URI broker, MqttConnectionOptions options) throws MqttException {
        client = new MqttAsyncClient(broker.toString(), "field" + System.nanoTime(), new MemoryPersistence());
        options.setAutomaticReconnect(false);
        client.connect(options).waitForCompletion(PATIENCE_MS);
    }

    static Field over(Mosquitto broker) throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(Mosquitto.USER);
        options.setPassword(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8));
        options.setSocketFactory(trusting(broker.certificateFile()).getSocketFactory());
        return new Field(URI.create(broker.uri()), options);
    }

    static Field over(String broker) throws MqttException {
        return new Field(URI.create(broker), new MqttConnectionOptions());
    }

    static SSLContext trusting(Path certificate) {
        try (var file = Files.newInputStream(certificate)) {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            keys.setCertificateEntry("broker", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes at QoS 1 without waiting for the answer, unless too many are unanswered. */
    void send(String topic, String payload) throws MqttException {
        send(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    void send(String topic, byte[] payload) throws MqttException {
        MqttMessage message = new MqttMessage(payload);
        message.setQos(1);
        open.add(client.publish("dust/v1/" + topic, message));
        if (open.size() >= UNANSWERED_MAX) {
            acknowledged();
        }
    }

    /** Waits for every answer. */
    void acknowledged() throws MqttException {
        for (IMqttToken token : open) {
            token.waitForCompletion(PATIENCE_MS);
        }
        open.clear();
    }

    static String reading(long ts, double pm10) {
        return reading(ts, Optional.empty(), pm10);
    }

    static String reading(long ts, Optional<Long> seq, double pm10) {
        return "{\"ts\":" + ts + seq.map(s -> ",\"seq\":" + s).orElse("") + ",\"values\":{\"pm10\":" + pm10 + "}}";
    }

    static String passage(long ts, String id, boolean washed) {
        return "{\"ts\":" + ts + ",\"id\":\"" + id + "\",\"direction\":\"out\",\"vehicle\":\"truck\",\"loaded\":true,"
                + "\"cargo\":\"spoil\",\"covered\":true,\"overfull\":false,\"bypass\":" + !washed
                + (washed ? ",\"wash\":{\"seconds\":95,\"pump\":true,\"wheels\":\"clean\"}" : "") + "}";
    }

    @Override
    public void close() throws MqttException {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(PATIENCE_MS);
            }
        } finally {
            client.close(true);
        }
    }
}
