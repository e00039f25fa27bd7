package dustwarden.intake;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** A device that publishes and waits for the broker's answer. */
final class TestDevice implements AutoCloseable {
    static final String TOPIC = "dust/v1/site-a/dust-1/reading";

    private final MqttAsyncClient client;

    TestDevice(URI broker) throws MqttException {
        this(broker, "device" + System.nanoTime(), new MqttConnectionOptions());
    }

    /** Connects with a client id of choice. */
    TestDevice(URI broker, String clientId, MqttConnectionOptions options) throws MqttException {
        client = new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
        options.setAutomaticReconnect(false);
        client.connect(options).waitForCompletion(15_000);
    }

    static MqttConnectionOptions login(String user, String secret, SocketFactory sockets) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(user);
        options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        options.setSocketFactory(sockets);
        return options;
    }

    void send(String text) throws MqttException {
        send(TOPIC, text.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    void send(String topic, byte[] payload, int qos, boolean retained) throws MqttException {
        client.publish(topic, payload, qos, retained).waitForCompletion(20_000);
    }

    /** Sends n0, n1, ... with at most so many unanswered. */
    void flood(int from, int to, int qos) throws MqttException {
        flood(from, to, qos, 0, 10);
    }

    /** Each with blanks behind it up to so many bytes. */
    void flood(int from, int to, int qos, int bytes, int unanswered) throws MqttException {
        List<IMqttToken> open = new ArrayList<>();
        for (int i = from; i < to; i++) {
            byte[] text = ("n" + i).getBytes(StandardCharsets.UTF_8);
            byte[] payload = Arrays.copyOf(text, Math.max(bytes, text.length));
            Arrays.fill(payload, text.length, payload.length, (byte) ' ');
            MqttMessage message = new MqttMessage(payload);
            message.setQos(qos);
            open.add(client.publish(TOPIC, message));
            if (open.size() == unanswered) {
                for (IMqttToken token : open) {
                    token.waitForCompletion(20_000);
                }
                open.clear();
            }
        }
        for (IMqttToken token : open) {
            token.waitForCompletion(20_000);
        }
    }

    @Override
    public void close() throws MqttException {
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(5_000);
            }
        } finally {
            client.close(true);
        }
    }
}
