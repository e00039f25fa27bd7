package dustwarden.settings;

import dustwarden.core.CommonCause;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the owner of an installation decides, checked; its text form shows no secret.
 *
 * @param data directory of the journal and the views; always present for {@code serve}
 * @param zone of sites whose file names none
 * @param publicUrl where people reach the console from outside; empty: notices carry no links
 * @param register directory of site files
 * @param rulebooks directory of rulebooks beside those that ship
 * @param profiles directory of device profiles beside those that ship
 * @param retention how long the journal keeps entries; empty: for ever
 * @param forwards bureaus that data is sent on to
 * @param common from when on the trouble of many is one alarm
 * @param apiToken an administrator's token for scripts
 */
public record Settings(
        Optional<Path> data,
        ZoneId zone,
        Listener http,
        Optional<URI> publicUrl,
        Listener management,
        Mqtt mqtt,
        Hj212 hj212,
        Optional<Influx> influx,
        Optional<Path> register,
        Optional<Path> rulebooks,
        Optional<Path> profiles,
        Optional<Duration> retention,
        Optional<Secret> apiToken,
        List<Channel> channels,
        List<Forward> forwards,
        Suppression suppression,
        CommonCause common) {

    /** What the settings are for, which decides defaults and what must be there. */
    public enum Purpose {
        SERVE,
        DEMO,
        CHECK
    }

    /** Where a server listens; port 0 is any free one. */
    public record Listener(String host, int port) {}

    /**
     * The broker that devices publish to.
     *
     * @param broker an outside broker; empty: the embedded one
     * @param host where the embedded one listens; loopback without {@code passwords}
     * @param passwords file of the devices' hashed secrets
     */
    public record Mqtt(
            Optional<URI> broker,
            String host,
            int port,
            Optional<String> username,
            Optional<Secret> password,
            Optional<Path> passwords,
            Tls tls) {}

    /** PEM files: our certificate and key, and who signed the other side's certificate. */
    public record Tls(Optional<Path> certificate, Optional<Path> key, Optional<Path> ca) {}

    /** The HJ 212 server, whether rules use devices' interval data in place of real-time data, and what is asked of devices. */
    public record Hj212(Listener listener, boolean minuteUse, Ask ask) {}

    /**
     * What HJ 212 devices are asked for.
     *
     * @param clock how often their clock is read and set
     * @param realtime the interval of real-time data that they are set to
     * @param minute the interval of minute data that they are set to
     * @param history whether minute data of a gap is asked for
     * @param timeout for each answer
     * @param resends how often a request is repeated
     */
    public record Ask(
            Optional<Duration> clock,
            Optional<Duration> realtime,
            Optional<Duration> minute,
            boolean history,
            Duration timeout,
            int resends) {}

    /**
     * An InfluxDB 2.
     *
     * @param read series older than the embedded store are asked of it
     * @param split three buckets of their own retention in place of one
     * @param regions paths of regions that have a bucket of their own beside
     */
    public record Influx(URI url, String org, String bucket, Secret token, boolean read, boolean split, List<String> regions) {}

    public Settings {
        channels = List.copyOf(channels);
        forwards = List.copyOf(forwards);
    }

    /** Where content comes from under these settings. */
    public ContentSources contentSources(Purpose purpose) {
        Set<String> names = channels.stream().map(Channel::name).collect(Collectors.toSet());
        return new ContentSources(
                register, rulebooks, profiles, purpose == Purpose.DEMO, zone, Optional.of(names), hj212.minuteUse(),
                common);
    }
}
