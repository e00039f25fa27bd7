package dustwarden.broker;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT 3.1.1 client that keeps what it receives. */
final class Client3 implements AutoCloseable {
    final List<String> received = new CopyOnWriteArrayList<>();
    private final MqttClient client;

    Client3(URI broker, String clientId) throws MqttException {
        client = new MqttClient(broker.toString(), clientId, new MemoryPersistence());
        client.setTimeToWait(15_000);
    }

    void connect(boolean cleanSession) throws MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(cleanSession);
        client.connect(options);
    }

    void subscribe(String filter) throws MqttException {
        client.subscribe(
                filter,
                1,
                (topic, message) -> received.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
    }

    void publish(String topic, String text) throws MqttException {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    @Override
    public void close() throws MqttException {
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
        } finally {
            client.close();
        }
    }
}
