package dustwarden.intake;

import java.time.Duration;
import java.util.Objects;

/**
 * Where HJ 212 devices connect, and the bounds of what they may hold.
 *
 * @param port 0 for any free one
 * @param connectionsMax open at once; further ones are closed at once
 * @param idleMost a connection that sends nothing for so long is closed
 */
public record Hj212Listener(String host, int port, int connectionsMax, Duration idleMost) {
    public Hj212Listener {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
        }
        if (connectionsMax < 1 || idleMost.toMillis() < 1) {
            throw new IllegalArgumentException("bounds must be positive, got " + connectionsMax + ", " + idleMost);
        }
    }

    /** 20,000 connections, 15 minutes. */
    public static Hj212Listener on(String host, int port) {
        return new Hj212Listener(host, port, 20_000, Duration.ofMinutes(15));
    }
}
