package dustwarden.intake;

import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A connection of MQTT 3.1.1 by Eclipse Paho, with manual acknowledgement; the library ends it when a callback throws.
 */
final class Mqtt3Link implements MqttLink {
    private static final int AT_LEAST_ONCE = 1;
    private static final int REFUSED = 0x80;
    /** Nothing is subscribed so; a broker answers the end of this subscription all the same. */
    private static final String NOTHING = "dustwarden/nothing";
    private static final long LEAVE_MS = 1000;

    private final MqttSource source;
    private final Wire wire;
    private final Events events;
    private final MqttAsyncClient client;
    private volatile boolean leaving;
    private volatile boolean settled;
    private boolean asked;

    Mqtt3Link(MqttSource source, Wire wire, Events events) throws MqttRefused {
        this.source = source;
        this.wire = wire;
        this.events = events;
        try {
            client = new MqttAsyncClient(source.uri(), source.clientId(), new MemoryPersistence());
        } catch (MqttException e) {
            throw refused(e);
        }
        client.setManualAcks(true);
        client.setCallback(new Callback());
    }

    @Override
    public void open() throws MqttRefused {
        try {
            client.connect(options(), null, new Outcome(token -> events.opened(token.getSessionPresent())));
        } catch (MqttException e) {
            throw refused(e);
        }
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setAutomaticReconnect(false);
        options.setCleanSession(false);
        options.setKeepAliveInterval((int) MqttTimes.KEEP_ALIVE.toSeconds());
        options.setConnectionTimeout((int) MqttTimes.CONNECT.toSeconds());
        options.setSocketFactory(wire.factory());
        options.setHttpsHostnameVerificationEnabled(true);
        source.login().ifPresent(login -> {
            options.setUserName(login.username());
            options.setPassword(login.password().toCharArray());
        });
        return options;
    }

    @Override
    public void subscribe(List<String> filters) throws MqttRefused {
        int[] qos = new int[filters.size()];
        Arrays.fill(qos, AT_LEAST_ONCE);
        try {
            client.subscribe(
                    filters.toArray(new String[0]), qos, null, new Outcome(token -> granted(filters, token.getGrantedQos())));
        } catch (MqttException e) {
            throw refused(e);
        }
    }

    @Override
    public void unsubscribe(List<String> filters) throws MqttRefused {
        try {
            client.unsubscribe(filters.toArray(String[]::new));
        } catch (MqttException e) {
            throw refused(e);
        }
    }

    private void granted(List<String> filters, int[] codes) {
        for (int i = 0; i < filters.size(); i++) {
            if (codes == null || i >= codes.length || codes[i] >= REFUSED) {
                events.refused(MqttTrouble.subscription(source.place(), filters.get(i)));
                return;
            }
        }
        events.subscribed();
    }

    @Override
    public boolean acknowledge(int id) {
        wire.ackDue();
        try {
            client.messageArrivedComplete(id, AT_LEAST_ONCE);
            return true;
        } catch (MqttException | RuntimeException e) {
            // After its end the library fails in either way; the message will come again.
            wire.ackRefused();
            return false;
        }
    }

    @Override
    public boolean settled() {
        if (!asked) {
            asked = true;
            try {
                client.unsubscribe(new String[] {NOTHING}, null, new Settled());
            } catch (MqttException e) {
                settled = true;
            }
        }
        return settled;
    }

    @Override
    public boolean isUp() {
        return leaving || client.isConnected();
    }

    @Override
    public void leave() {
        leaving = true;
        try {
            client.disconnect(LEAVE_MS, null, new Left());
        } catch (MqttException e) {
            leaving = false;
        }
    }

    @Override
    public boolean end() {
        wire.cut();
        try {
            client.close(true);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    private MqttRefused refused(MqttException e) {
        return new MqttRefused(MqttTrouble.connecting(source.place(), e.getReasonCode(), e), e);
    }

    private final class Settled implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            settled = true;
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            settled = true;
        }
    }

    private final class Left implements IMqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            leaving = false;
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            leaving = false;
        }
    }

    private interface Done {
        void with(IMqttToken token);
    }

    private final class Outcome implements IMqttActionListener {
        private final Done done;

        Outcome(Done done) {
            this.done = done;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            done.with(token);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            int code = failure instanceof MqttException e ? e.getReasonCode() : 0;
            events.refused(MqttTrouble.connecting(source.place(), code, failure));
        }
    }

    private final class Callback implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            events.arrived(topic, message.getPayload(), message.getQos(), message.isRetained(), message.getId());
        }

        @Override
        public void connectionLost(Throwable failure) {
            int code = failure instanceof MqttException e ? e.getReasonCode() : 0;
            events.lost(MqttTrouble.lost(source.place(), code, failure));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // Nothing is published here.
        }
    }
}
