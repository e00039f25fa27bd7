package dustwarden.live;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * The broker that is published to.
 *
 * @param broker {@code tcp://host:port} or {@code ssl://host:port}
 * @param clientId of no other client: two with one id put each other out for ever
 * @param tls empty: the certificates that Java trusts
 */
public record MqttTarget(
        URI broker, String clientId, Optional<String> username, Optional<String> password, Optional<SSLSocketFactory> tls) {
    public MqttTarget {
        if (!"tcp".equals(broker.getScheme()) && !"ssl".equals(broker.getScheme())) {
            throw new IllegalArgumentException("a broker is tcp://host:port or ssl://host:port, got " + broker);
        }
    }
}
