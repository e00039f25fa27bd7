package dustwarden.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Looks at each packet before Artemis does and closes the connection of one that means something else
 * to Artemis than to MQTT.
 */
final class PacketRules implements MQTTInterceptor {
    /** Artemis reads what follows as the name of a queue. */
    private static final String QUEUE_MARK = "::";

    private static final int SESSION_EXPIRY = 0x11;

    /** Artemis counts in milliseconds in 32 bits: over 24 days it would drop the session at once. */
    private static final int SESSION_SECONDS_MAX = 24 * 86_400;

    private static final int NEVER = -1;

    /**
     * Artemis finds the queue of a shared subscription by a name that its client chooses, and deletes
     * the queue when it then refuses the client: anybody could delete the queue of another session.
     */
    private static final String SHARED = "$share/";

    private final boolean allowShared;
    private final Refusals refusals;

    PacketRules(boolean allowShared, Refusals refusals) {
        this.allowShared = allowShared;
        this.refusals = refusals;
    }

    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        boolean good = switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> isTopic(((MqttPublishMessage) packet).variableHeader().topicName());
            case SUBSCRIBE -> ((MqttSubscribeMessage) packet)
                    .payload().topicSubscriptions().stream().allMatch(one -> isFilter(one.topicFilter()));
            case CONNECT -> isConnect((MqttConnectMessage) packet);
            default -> true;
        };
        if (!good) {
            refusals.add(connection.getRemoteAddress());
        }
        return good;
    }

    private static boolean isConnect(MqttConnectMessage connect) {
        shortenSession(connect.variableHeader().properties());
        return !connect.variableHeader().isWillFlag() || isTopic(connect.payload().willTopic());
    }

    private boolean isFilter(String filter) {
        return isTopic(filter) && (allowShared || !filter.startsWith(SHARED));
    }

    private static boolean isTopic(String topic) {
        return topic.indexOf(QUEUE_MARK) < 0 && topic.indexOf('\0') < 0;
    }

    private static void shortenSession(MqttProperties properties) {
        if (properties.getProperty(SESSION_EXPIRY) instanceof IntegerProperty asked
                && asked.value() != NEVER
                && Integer.compareUnsigned(asked.value(), SESSION_SECONDS_MAX) > 0) {
            properties.add(new IntegerProperty(SESSION_EXPIRY, SESSION_SECONDS_MAX));
        }
    }
}
