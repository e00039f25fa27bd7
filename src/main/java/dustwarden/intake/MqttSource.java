package dustwarden.intake;

import dustwarden.core.model.TopicFilter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The broker that devices report to, and how we log in there; its text form shows no secret.
 *
 * @param broker {@code tcp://} or {@code ssl://} with a host
 * @param clientId the same after each restart and used by one process only, 23 letters and digits at most
 * @param filters what is subscribed to, at QoS 1
 * @param receiveMaximum how many messages a broker of MQTT 5 may have on the way to us; below the inbox's bound
 */
public record MqttSource(
        URI broker,
        String clientId,
        Optional<Login> login,
        Tls tls,
        Version version,
        List<String> filters,
        int receiveMaximum) {
    /** The topics of the own format. */
    public static final String OWN_TOPICS = "dust/v1/#";

    public static final int RECEIVE_MAXIMUM = 4096;

    /** Which MQTT is spoken; {@code AUTO} is 5, and 3.1.1 with a broker that refuses it. */
    public enum Version {
        AUTO,
        V5,
        V3
    }

    /** A name and a password. */
    public record Login(String username, String password) {
        public Login {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    /** PEM files: who signed the broker's certificate (absent: whom Java trusts), and our own certificate with its PKCS #8 key. */
    public record Tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
        public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty(), Optional.empty());

        public Tls {
            if (certificate.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException("a client certificate and its key come together");
            }
        }
    }

    public MqttSource {
        filters = List.copyOf(filters);
        if (!List.of("tcp", "ssl").contains(broker.getScheme()) || broker.getHost() == null) {
            throw new IllegalArgumentException("the broker must be tcp://host:port or ssl://host:port, got " + broker);
        }
        if (!clientId.matches("[0-9A-Za-z]{1,23}")) {
            throw new IllegalArgumentException("the client id must be 1 to 23 letters and digits, got " + clientId);
        }
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("nothing to subscribe to");
        }
        if (receiveMaximum < 1 || receiveMaximum > 65_535) {
            throw new IllegalArgumentException("receiveMaximum is " + receiveMaximum + ", must be 1 to 65535");
        }
    }

    /**
     * A broker with the own topics and those of devices that speak as their makers made them.
     *
     * @param nodeKey bytes that belong to one journal alone
     * @param deviceFilters topic filters, none of which may meet the own topics
     */
    public static MqttSource of(
            URI broker, byte[] nodeKey, Optional<Login> login, Tls tls, List<String> deviceFilters) {
        return new MqttSource(
                broker, clientId(nodeKey), login, tls, Version.AUTO, withOwn(deviceFilters), RECEIVE_MAXIMUM);
    }

    /** The same broker with other topics of devices beside the own ones. */
    MqttSource with(List<String> deviceFilters) {
        return new MqttSource(broker, clientId, login, tls, version, withOwn(deviceFilters), receiveMaximum);
    }

    private static List<String> withOwn(List<String> deviceFilters) {
        List<String> filters = new ArrayList<>(List.of(OWN_TOPICS));
        for (String filter : deviceFilters) {
            TopicFilter.problem(filter).ifPresent(problem -> {
                throw new IllegalArgumentException("a device's topic " + problem);
            });
            if (!filters.contains(filter)) {
                filters.add(filter);
            }
        }
        return filters;
    }

    /** The client id of the process that owns a journal: the same for the same bytes. */
    public static String clientId(byte[] nodeKey) {
        byte[] hash = Kept.sha256().digest(nodeKey);
        return "dustwarden" + HexFormat.of().formatHex(hash, 0, 6);
    }

    boolean isTls() {
        return broker.getScheme().equals("ssl");
    }

    int port() {
        int usual = isTls() ? 8883 : 1883;
        return broker.getPort() < 0 ? usual : broker.getPort();
    }

    /** Host and port, for a person. */
    String place() {
        return broker.getHost() + ":" + port();
    }

    /** The broker's address as the client library wants it, without what else the setting may have carried. */
    String uri() {
        String host = broker.getHost();
        return broker.getScheme() + "://" + host + ":" + port();
    }
}
