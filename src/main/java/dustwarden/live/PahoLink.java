package dustwarden.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** The link over Eclipse Paho, with a client made anew for every connection. */
final class PahoLink implements Link {
    private static final int IN_FLIGHT_MAX = 256;
    private static final int QOS = 1;
    private static final int CONNECT_SECONDS = 10;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int REFUSAL_FIRST = 128;
    private static final int REFUSAL_LAST = 255;

    private final MqttTarget target;
    private Optional<MqttAsyncClient> client = Optional.empty();
    private Optional<Session> session = Optional.empty();

    PahoLink(MqttTarget target) {
        this.target = target;
    }

    @Override
    public int open(Events events) throws IOException {
        close();
        try {
            MqttAsyncClient made = new MqttAsyncClient(target.broker().toString(), target.clientId(), new MemoryPersistence());
            client = Optional.of(made);
            Session mine = new Session(events);
            session = Optional.of(mine);
            made.setCallback(mine);
            IMqttToken token = made.connect(options());
            token.waitForCompletion(CONNECT_SECONDS * 1000L);
            Integer window = token.getResponseProperties() == null ? null : token.getResponseProperties().getReceiveMaximum();
            return window == null ? IN_FLIGHT_MAX : Math.max(1, Math.min(IN_FLIGHT_MAX, window));
        } catch (MqttException e) {
            close();
            throw new IOException("the broker " + target.broker() + " cannot be reached: " + words(e), e);
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setSocketFactory(
                target.broker().getScheme().equals("tcp")
                        ? new PromptSockets()
                        : new PromptSockets.Tls(target.tls().orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault())));
        target.username().ifPresent(options::setUserName);
        target.password().ifPresent(p -> options.setPassword(p.getBytes(StandardCharsets.UTF_8)));
        return options;
    }

    @Override
    public void publish(long ticket, String topic, byte[] body, boolean retained) throws IOException {
        try {
            client.orElseThrow(() -> new IOException("not connected"))
                    .publish(topic, body, QOS, retained, ticket, session.orElseThrow());
        } catch (MqttException e) {
            throw new IOException("cannot publish to " + topic + ": " + words(e), e);
        }
    }

    @Override
    public void close() {
        session.ifPresent(Session::silence);
        session = Optional.empty();
        client.ifPresent(one -> {
            try {
                if (one.isConnected()) {
                    one.disconnectForcibly(0, 500, true);
                }
                one.close(true);
            } catch (MqttException e) {
                // It is already gone, which is what was wanted.
                return;
            }
        });
        client = Optional.empty();
    }

    private static String words(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Hands on what one client tells, until it is no longer ours. */
    private static final class Session implements MqttCallback, MqttActionListener {
        private final Events events;
        private volatile boolean silent;

        Session(Events events) {
            this.events = events;
        }

        void silence() {
            silent = true;
        }

        @Override
        public void onSuccess(IMqttToken token) {
            if (!silent && token.getUserContext() instanceof Long ticket) {
                events.acknowledged(ticket);
            }
        }

        @Override
        public void onFailure(IMqttToken token, Throwable cause) {
            if (silent || !(token.getUserContext() instanceof Long ticket)) {
                return;
            }
            boolean byBroker = cause instanceof MqttException e
                    && e.getReasonCode() >= REFUSAL_FIRST && e.getReasonCode() <= REFUSAL_LAST;
            if (byBroker) {
                events.refused(ticket, words(cause));
            } else {
                events.lost(words(cause));
            }
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            if (!silent) {
                events.lost(String.valueOf(response.getReasonString()));
            }
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void messageArrived(String topic, MqttMessage message) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
