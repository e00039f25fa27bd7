package dustwarden.broker;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the embedded broker needs to start; without {@code access} it can only listen on loopback.
 *
 * @param directory where sessions and messages live; used by one broker at a time
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 */
public record BrokerSettings(
        Path directory,
        String host,
        int port,
        Optional<BrokerTls> tls,
        Optional<Access> access,
        BrokerLimits limits) {
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    public BrokerSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(limits, "limits");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
        }
        if (access.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "host is " + host + ", but a broker without passwords may listen on loopback only");
        }
    }

    /** On loopback, open to this machine. */
    public static BrokerSettings open(Path directory, int port) {
        return new BrokerSettings(
                directory,
                InetAddress.getLoopbackAddress().getHostAddress(),
                port,
                Optional.empty(),
                Optional.empty(),
                BrokerLimits.DEFAULT);
    }

    /** Whether this is a loopback address as written; no name but {@code localhost} is resolved. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || LOOPBACK.matcher(host).matches();
    }
}
