package dustwarden.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.logging.LoggerFactory;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/**
 * A connection of MQTT 5 by Eclipse Paho, with manual acknowledgement.
 *
 * <p>The library acknowledges a message whose callback throws, so nothing may be thrown there. It has a bound for the
 * length of packets, which is left unset: a longer message would end the connection, again and again.
 */
final class Mqtt5Link implements MqttLink {
    private static final int AT_LEAST_ONCE = 1;
    private static final int REFUSED = 0x80;
    private static final int RETAINED_FOR_NEW_SUBSCRIPTIONS = 1;
    /** Nothing is subscribed so; a broker answers the end of this subscription all the same. */
    private static final String NOTHING = "dustwarden/nothing";
    private static final long LEAVE_MS = 1000;

    static {
        LoggerFactory.setLogger(PahoSilence.class.getName());
    }

    private final MqttSource source;
    private final Wire wire;
    private final Events events;
    private final MqttAsyncClient client;
    private volatile boolean leaving;
    private volatile boolean settled;
    private boolean asked;

    Mqtt5Link(MqttSource source, Wire wire, Events events) throws MqttRefused {
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

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(MqttTimes.SESSION.toSeconds());
        options.setReceiveMaximum(source.receiveMaximum());
        options.setKeepAliveInterval((int) MqttTimes.KEEP_ALIVE.toSeconds());
        options.setConnectionTimeout((int) MqttTimes.CONNECT.toSeconds());
        options.setSocketFactory(wire.factory());
        options.setHttpsHostnameVerificationEnabled(true);
        source.login().ifPresent(login -> {
            options.setUserName(login.username());
            options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
        });
        return options;
    }

    @Override
    public void subscribe(List<String> filters) throws MqttRefused {
        MqttSubscription[] all = new MqttSubscription[filters.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new MqttSubscription(filters.get(i), AT_LEAST_ONCE);
            all[i].setRetainHandling(RETAINED_FOR_NEW_SUBSCRIPTIONS);
        }
        try {
            client.subscribe(all, null, new Outcome(token -> granted(filters, token.getReasonCodes())), new MqttProperties());
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
                client.unsubscribe(new String[] {NOTHING}, null, new Settled(), new MqttProperties());
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
            client.disconnect(LEAVE_MS, null, new Left(), MqttReturnCode.RETURN_CODE_SUCCESS, new MqttProperties());
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

    private final class Settled implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            settled = true;
        }

        @Override
        public void onFailure(IMqttToken token, Throwable failure) {
            settled = true;
        }
    }

    private final class Left implements MqttActionListener {
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

    private final class Outcome implements MqttActionListener {
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
        public void disconnected(MqttDisconnectResponse response) {
            Optional<MqttException> cause = Optional.ofNullable(response.getException());
            int code = cause.map(MqttException::getReasonCode).orElseGet(response::getReturnCode);
            Throwable failure = cause.orElseGet(() -> new MqttException(response.getReturnCode()));
            events.lost(MqttTrouble.lost(source.place(), code, failure));
        }

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            // The end of the connection is told as well.
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // Nothing is published here.
        }

        @Override
        public void connectComplete(boolean reconnect, String uri) {
            // The outcome of the connect says more.
        }

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {
            // Only name and password are used.
        }
    }
}
