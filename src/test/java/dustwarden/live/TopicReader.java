package dustwarden.live;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Keeps the newest message of every topic that it reads. */
final class TopicReader implements MqttCallback, AutoCloseable {
    private final MqttAsyncClient client;
    private final Map<String, String> seen;

    TopicReader(MqttTarget target, String filter, Map<String, String> seen) throws MqttException {
        this.seen = seen;
        client = new MqttAsyncClient(target.broker().toString(), target.clientId(), new MemoryPersistence());
        client.setCallback(this);
        client.connect().waitForCompletion(10_000);
        client.subscribe(filter, 1).waitForCompletion(10_000);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        seen.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 500, true);
        client.close(true);
    }
}
