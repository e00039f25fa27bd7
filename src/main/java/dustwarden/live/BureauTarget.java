package dustwarden.live;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A bureau that the data of one monitor is sent to as HJ 212; its text form shows no password.
 *
 * @param mn the MN and {@code password} that the bureau gave
 * @param st the system code, 39 for construction dust
 * @param timeout for each 9014
 * @param resends how often a frame is repeated before the line counts as down
 * @param minutes length of minute data
 */
public record BureauTarget(
        String site,
        String device,
        ZoneId zone,
        String host,
        int port,
        String mn,
        String password,
        String st,
        Duration timeout,
        int resends,
        int minutes) {
    public BureauTarget {
        Objects.requireNonNull(zone, "zone");
        if (site.isEmpty() || device.isEmpty() || host.isEmpty() || mn.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("wants a site, a device, a host, a port and an MN");
        }
        if (timeout.toMillis() < 1 || resends < 0 || minutes < 1 || 60 % minutes != 0) {
            throw new IllegalArgumentException("wants a time above 0, resends and minutes that divide an hour");
        }
    }

    /** Names it among others: site, device and the first digits of what else tells them apart. */
    String key() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((host + "|" + port + "|" + mn).getBytes(StandardCharsets.UTF_8));
            return site + "-" + device + "-" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "BureauTarget[" + site + "/" + device + " to " + host + ":" + port + " as " + mn + "]";
    }
}
