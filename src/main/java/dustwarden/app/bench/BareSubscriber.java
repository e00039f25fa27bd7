package dustwarden.app.bench;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** The ceiling: an Eclipse Paho subscriber that acknowledges what comes and does nothing else; it reads buffered. */
public final class BareSubscriber implements MqttCallback {
    private static final int QOS = 1;

    private final MqttAsyncClient client;
    private final LongAdder received = new LongAdder();

    private BareSubscriber(String uri) throws MqttException {
        client = new MqttAsyncClient(uri, "bare-subscriber", new MemoryPersistence());
    }

    /** {@code uri}; answers each line on standard input with the count so far. */
    public static void main(String[] args) throws Exception {
        BareSubscriber subscriber = new BareSubscriber(args[0]);
        subscriber.start();
        Parent.tell("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            Parent.tell("count " + subscriber.received.sum());
        }
        System.exit(0);
    }

    private void start() throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setReceiveMaximum(1_000);
        options.setSocketFactory(new Buffered());
        client.setManualAcks(true);
        client.setCallback(this);
        client.connect(options).waitForCompletion(10_000);
        client.subscribe("dust/v1/#", QOS).waitForCompletion(10_000);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws MqttException {
        received.increment();
        client.messageArrivedComplete(message.getId(), message.getQos());
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        Parent.complain("disconnected: " + response);
    }

    @Override
    public void mqttErrorOccurred(MqttException trouble) {
        Parent.complain("trouble: " + trouble);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}

    /** Paho reads byte by byte and leaves small packets waiting; both would lower the ceiling for no reason. */
    private static final class Buffered extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket() {
                private InputStream buffered;

                @Override
                public InputStream getInputStream() throws IOException {
                    if (buffered == null) {
                        buffered = new BufferedInputStream(super.getInputStream(), 1 << 16);
                    }
                    return buffered;
                }
            };
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException("Paho connects by itself");
        }
    }
}
