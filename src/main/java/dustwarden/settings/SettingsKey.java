package dustwarden.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One key that can be set in a file, by environment or on the command line.
 *
 * @param name dotted, for example {@code http.port}
 */
record SettingsKey(String name, Type type) {
    /** How a value given as text is taken. */
    enum Type {
        TEXT,
        FLAG,
        NUMBER,
        PATH,
        SECRET,
        LIST
    }

    static final List<SettingsKey> FIXED = List.of(
            new SettingsKey("data", Type.PATH),
            new SettingsKey("zone", Type.TEXT),
            new SettingsKey("http.host", Type.TEXT),
            new SettingsKey("http.port", Type.NUMBER),
            new SettingsKey("http.public", Type.TEXT),
            new SettingsKey("management.host", Type.TEXT),
            new SettingsKey("management.port", Type.NUMBER),
            new SettingsKey("mqtt.broker", Type.TEXT),
            new SettingsKey("mqtt.host", Type.TEXT),
            new SettingsKey("mqtt.port", Type.NUMBER),
            new SettingsKey("mqtt.username", Type.TEXT),
            new SettingsKey("mqtt.password", Type.SECRET),
            new SettingsKey("mqtt.passwords", Type.PATH),
            new SettingsKey("mqtt.tls.certificate", Type.PATH),
            new SettingsKey("mqtt.tls.key", Type.PATH),
            new SettingsKey("mqtt.tls.ca", Type.PATH),
            new SettingsKey("hj212.host", Type.TEXT),
            new SettingsKey("hj212.port", Type.NUMBER),
            new SettingsKey("hj212.use", Type.TEXT),
            new SettingsKey("hj212.ask.clock", Type.TEXT),
            new SettingsKey("hj212.ask.realtime", Type.TEXT),
            new SettingsKey("hj212.ask.minute", Type.TEXT),
            new SettingsKey("hj212.ask.history", Type.FLAG),
            new SettingsKey("hj212.ask.timeout", Type.TEXT),
            new SettingsKey("hj212.ask.resends", Type.NUMBER),
            new SettingsKey("influx.url", Type.TEXT),
            new SettingsKey("influx.org", Type.TEXT),
            new SettingsKey("influx.bucket", Type.TEXT),
            new SettingsKey("influx.token", Type.SECRET),
            new SettingsKey("influx.read", Type.FLAG),
            new SettingsKey("influx.split", Type.FLAG),
            new SettingsKey("influx.regions", Type.LIST),
            new SettingsKey("register", Type.PATH),
            new SettingsKey("rulebooks", Type.PATH),
            new SettingsKey("profiles", Type.PATH),
            new SettingsKey("ledger.retention", Type.TEXT),
            new SettingsKey("alarms.region.sites", Type.NUMBER),
            new SettingsKey("alarms.region.share", Type.NUMBER),
            new SettingsKey("alarms.region.left", Type.NUMBER),
            new SettingsKey("alarms.region.silentWithin", Type.TEXT),
            new SettingsKey("alarms.region.dustWithin", Type.TEXT),
            new SettingsKey("alarms.region.backgroundAwaited", Type.TEXT),
            new SettingsKey("alarms.region.acknowledgeWithin", Type.TEXT),
            new SettingsKey("alarms.region.rectifyWithin", Type.TEXT),
            new SettingsKey("alarms.site.devices", Type.NUMBER),
            new SettingsKey("suppression.mode", Type.TEXT),
            new SettingsKey("suppression.start", Type.NUMBER),
            new SettingsKey("suppression.stop", Type.NUMBER),
            new SettingsKey("suppression.startFor", Type.TEXT),
            new SettingsKey("suppression.stopFor", Type.TEXT),
            new SettingsKey("suppression.minRun", Type.TEXT),
            new SettingsKey("suppression.minPause", Type.TEXT),
            new SettingsKey("suppression.maxRun", Type.TEXT),
            new SettingsKey("suppression.maxDay", Type.TEXT),
            new SettingsKey("suppression.frost", Type.NUMBER),
            new SettingsKey("suppression.rain", Type.NUMBER),
            new SettingsKey("suppression.stale", Type.TEXT),
            new SettingsKey("suppression.answer", Type.TEXT),
            new SettingsKey("suppression.effectAfter", Type.TEXT),
            new SettingsKey("suppression.effectDrop", Type.NUMBER),
            new SettingsKey("auth.token", Type.SECRET));

    static final String CHANNELS = "notify.channels.";

    /** The keys of one channel. */
    static final List<SettingsKey> CHANNEL = List.of(
            new SettingsKey("kind", Type.TEXT),
            new SettingsKey("url", Type.SECRET),
            new SettingsKey("secret", Type.SECRET),
            new SettingsKey("host", Type.TEXT),
            new SettingsKey("port", Type.NUMBER),
            new SettingsKey("tls", Type.TEXT),
            new SettingsKey("username", Type.TEXT),
            new SettingsKey("password", Type.SECRET),
            new SettingsKey("from", Type.TEXT),
            new SettingsKey("to", Type.LIST),
            new SettingsKey("topic", Type.TEXT),
            new SettingsKey("perMinute", Type.NUMBER),
            new SettingsKey("perMonth", Type.NUMBER),
            new SettingsKey("keyword", Type.TEXT),
            new SettingsKey("mention", Type.LIST),
            new SettingsKey("ca", Type.PATH),
            new SettingsKey("fallback", Type.TEXT),
            new SettingsKey("language", Type.TEXT));

    /** The key of a dotted name, if there is one. */
    static Optional<SettingsKey> of(String name) {
        if (name.startsWith(CHANNELS)) {
            int dot = name.lastIndexOf('.');
            String channel = dot < CHANNELS.length() ? "" : name.substring(CHANNELS.length(), dot);
            return channel.isEmpty() || channel.contains(".")
                    ? Optional.empty()
                    : CHANNEL.stream()
                            .filter(k -> k.name().equals(name.substring(dot + 1)))
                            .map(k -> new SettingsKey(name, k.type()))
                            .findFirst();
        }
        return FIXED.stream().filter(k -> k.name().equals(name)).findFirst();
    }

    static Stream<SettingsKey> ofChannel(String channel) {
        return CHANNEL.stream().map(k -> new SettingsKey(CHANNELS + channel + "." + k.name(), k.type()));
    }

    /** The variable of the environment that sets it, for example {@code DUSTWARDEN_HTTP_PORT}. */
    String variable() {
        return "DUSTWARDEN_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
