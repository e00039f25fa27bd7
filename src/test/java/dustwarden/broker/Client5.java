package dustwarden.broker;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** An MQTT 5 client that keeps what it receives. */
final class Client5 implements MqttCallback, AutoCloseable {
    record Received(String topic, byte[] payload, boolean retained) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;
    private final MqttConnectionOptions options = new MqttConnectionOptions();

    Client5(URI broker, String clientId) throws MqttException {
        client = new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
        client.setCallback(this);
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        options.setConnectionTimeout(15);
    }

    Client5 login(String user, String secret) {
        options.setUserName(user);
        options.setPassword(secret.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Client5 session(long expirySeconds) {
        options.setCleanStart(false);
        options.setSessionExpiryInterval(expirySeconds);
        return this;
    }

    Client5 will(String topic, String text) {
        MqttMessage will = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
        will.setQos(1);
        options.setWill(topic, will);
        return this;
    }

    Client5 trusting(javax.net.SocketFactory sockets) {
        options.setSocketFactory(sockets);
        options.setHttpsHostnameVerificationEnabled(false);
        return this;
    }

    /** Connects, and tells whether the broker still had the session. */
    boolean connect() throws MqttException {
        IMqttToken token = client.connect(options);
        token.waitForCompletion(15_000);
        return token.getSessionPresent();
    }

    boolean isConnected() {
        return client.isConnected();
    }

    /** The reason code of the subscription: the QoS granted, or 128 and over. */
    int subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 1);
        try {
            token.waitForCompletion(15_000);
        } catch (MqttException e) {
            return token.getReasonCodes() == null ? e.getReasonCode() : token.getReasonCodes()[0];
        }
        return token.getReasonCodes()[0];
    }

    /** Publishes at QoS 1, waits for the answer and returns its reason code. */
    int publish(String topic, String text) {
        return publish(topic, text.getBytes(StandardCharsets.UTF_8), false);
    }

    int publish(String topic, byte[] payload, boolean retained) {
        IMqttToken token;
        try {
            token = client.publish(topic, payload, 1, retained);
            token.waitForCompletion(15_000);
        } catch (MqttException e) {
            return e.getReasonCode();
        }
        return Optional.ofNullable(token.getReasonCodes()).map(codes -> codes[0]).orElse(0);
    }

    boolean has(String text) {
        return received.stream().anyMatch(one -> one.text().equals(text));
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

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        received.add(new Received(topic, message.getPayload(), message.isRetained()));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
