package dustwarden.settings;

import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import dustwarden.settings.Settings.Ask;
import dustwarden.settings.Settings.Hj212;
import dustwarden.settings.Settings.Influx;
import dustwarden.settings.Settings.Listener;
import dustwarden.settings.Settings.Mqtt;
import dustwarden.settings.Settings.Purpose;
import dustwarden.settings.Settings.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads settings: {@code --set} wins over the environment, that over the file, that over the default. */
public final class SettingsLoader {
    private static final Pattern REGION_PATH = Pattern.compile("[A-Za-z0-9-]{1,32}(/[A-Za-z0-9-]{1,32}){0,15}");
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANYWHERE = "0.0.0.0";

    private final SettingsTree tree = new SettingsTree();
    private final Problems problems = new Problems();
    private final Purpose purpose;

    private SettingsLoader(Purpose purpose) {
        this.purpose = purpose;
    }

    /**
     * Reads everything and reports every problem at once.
     *
     * @param sets {@code key=value} pairs of the command line
     */
    public static Checked<Settings> load(
            Purpose purpose, Optional<Path> config, Map<String, String> environment, List<String> sets) {
        SettingsLoader loader = new SettingsLoader(purpose);
        config.ifPresent(loader.tree::lay);
        loader.tree.lay(environment);
        loader.tree.lay(sets);
        Settings settings = loader.read();
        loader.problems.all().forEach(p -> loader.tree.problems.add(loader.tree.at(p)));
        return Checked.of(Optional.of(settings), loader.tree.problems, loader.tree.warnings);
    }

    /** Where content is, as far as wrong settings can tell, so that its problems stand in the same report. */
    public static ContentSources contentsOfBadSettings(
            Optional<Path> config, Map<String, String> environment, List<String> sets) {
        SettingsLoader loader = new SettingsLoader(Purpose.CHECK);
        config.ifPresent(loader.tree::lay);
        loader.tree.lay(environment);
        loader.tree.lay(sets);
        ContentSources told = loader.read().contentSources(Purpose.CHECK);
        return new ContentSources(
                told.register(), told.rulebooks(), told.profiles(), false, told.zone(), Optional.empty(), false);
    }

    private Settings read() {
        Fields all = new Fields(tree.json, "$", problems);
        Optional<Path> data = path(all, "data");
        Optional<Path> register = directory(all, "register");
        wanted(all, "data", "a directory for the journal and the views");
        wanted(all, "register", "a directory of site files");
        ZoneId zone = zone(all);
        String anywhere = purpose == Purpose.DEMO ? LOOPBACK : ANYWHERE;
        Fields console = all.child("http");
        Optional<URI> publicUrl = publicUrl(console);
        Listener http = listener(console, anywhere, 8080);
        Listener management = listener(all.child("management"), http.host(), 8081);
        Settings settings = new Settings(
                data, zone, http, publicUrl, management, mqtt(all), hj212(all, anywhere), influx(all), register,
                directory(all, "rulebooks"), directory(all, "profiles"), retention(all), token(all),
                new ChannelReader(problems).read(all), Forward.read(all), new SuppressionReader(problems).read(all),
                CommonCauseReader.read(all));
        all.done();
        return settings;
    }

    private void wanted(Fields all, String key, String what) {
        if (all.has(key) || purpose == Purpose.DEMO) {
            return;
        }
        if (purpose == Purpose.SERVE) {
            all.problem(key, "is required: " + what);
        } else {
            tree.warnings.add(key + ": serve will want it: " + what);
        }
    }

    private static Optional<Path> path(Fields fields, String key) {
        Optional<String> text = fields.optionalText(key);
        text.filter(t -> t.indexOf('\0') >= 0).ifPresent(t -> fields.problem(key, "wants a path"));
        return text.filter(t -> t.indexOf('\0') < 0).map(Path::of);
    }

    private static Optional<Path> directory(Fields fields, String key) {
        Optional<Path> path = path(fields, key);
        path.filter(p -> !Files.isDirectory(p))
                .ifPresent(p -> fields.problem(key, "names " + p + ", which is not a directory"));
        return path.filter(Files::isDirectory);
    }

    private static Optional<Path> readable(Fields fields, String key) {
        Optional<Path> path = path(fields, key);
        path.filter(p -> !Files.isReadable(p))
                .ifPresent(p -> fields.problem(key, "names " + p + ", which cannot be read"));
        return path;
    }

    private static ZoneId zone(Fields all) {
        return all.optionalText("zone").flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                all.problem("zone", "wants a time zone such as Asia/Shanghai, got " + text);
                return Optional.empty();
            }
        }).orElse(ContentSources.ZONE);
    }

    private static Optional<URI> publicUrl(Fields http) {
        return http.optionalText("public").flatMap(text -> uri(http, "public", text, Set.of("http", "https"), "https://host"));
    }

    private static Listener listener(Fields fields, String host, int port) {
        Listener listener = new Listener(fields.optionalText("host").orElse(host), Ports.read(fields, "port", port));
        fields.done();
        return listener;
    }

    private Mqtt mqtt(Fields all) {
        Fields fields = all.child("mqtt");
        String broker = fields.optionalText("broker").orElse("embedded");
        Optional<URI> outside = broker.equals("embedded")
                ? Optional.empty()
                : uri(fields, "broker", broker, Set.of("tcp", "ssl"), "embedded, tcp://host:1883 or ssl://host:8883");
        if (!broker.equals("embedded") && fields.has("port")) {
            tree.warnings.add("mqtt.port: is for the embedded broker only and changes nothing");
        }
        Optional<Path> passwords = path(fields, "passwords");
        passwords.filter(p -> !Files.exists(p)).ifPresent(p -> tree.warnings.add(
                "mqtt.passwords: names " + p + ", which does not exist yet; dustwarden device password writes it"));
        Fields tls = fields.child("tls");
        Tls files = new Tls(readable(tls, "certificate"), readable(tls, "key"), readable(tls, "ca"));
        if (tls.has("certificate") != tls.has("key")) {
            fields.problem("tls", "wants certificate and key together");
        }
        tls.done();
        Optional<Secret> password = Secrets.read(fields, "password");
        if (password.isPresent() && !fields.has("username")) {
            fields.problem("username", "is required beside a password");
        }
        String host = fields.optionalText("host").orElse(passwords.isPresent() ? ANYWHERE : LOOPBACK);
        if (broker.equals("embedded") && passwords.isEmpty() && !Ports.isLoopback(host)) {
            fields.problem("host", "must be loopback without mqtt.passwords, got " + host);
        }
        Mqtt mqtt = new Mqtt(
                outside, host, Ports.read(fields, "port", 1883), fields.optionalText("username"), password, passwords,
                files);
        fields.done();
        return mqtt;
    }

    private static Hj212 hj212(Fields all, String anywhere) {
        Fields fields = all.child("hj212");
        Listener listener = new Listener(
                fields.optionalText("host").orElse(anywhere), Ports.read(fields, "port", 5212));
        boolean minute = fields.optionalWord(
                        "use",
                        w -> Set.of("realtime", "minute").contains(w) ? Optional.of(w) : Optional.empty(),
                        "realtime, minute")
                .filter("minute"::equals)
                .isPresent();
        Ask ask = AskReader.read(fields);
        fields.done();
        return new Hj212(listener, minute, ask);
    }

    private static Optional<Influx> influx(Fields all) {
        Fields fields = all.child("influx");
        Optional<String> url = fields.optionalText("url");
        Optional<String> org = fields.optionalText("org");
        Optional<Secret> token = Secrets.read(fields, "token");
        String bucket = fields.optionalText("bucket").orElse("dust");
        boolean read = fields.flag("read", false);
        boolean split = fields.flag("split", false);
        List<String> regions = fields.texts("regions");
        regions.stream().filter(r -> !REGION_PATH.matcher(r).matches()).forEach(r -> fields.problem(
                "regions", "wants paths of regions such as 410000/410700, got " + r));
        fields.done();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        for (String key : List.of("org", "token")) {
            if (!fields.has(key)) {
                fields.problem(key, "is required beside influx.url");
            }
        }
        Optional<URI> at = uri(fields, "url", url.get(), Set.of("http", "https"), "http://host:8086");
        return at.isPresent() && org.isPresent() && token.isPresent()
                ? Optional.of(new Influx(at.get(), org.get(), bucket, token.get(), read, split, regions))
                : Optional.empty();
    }

    /** An address without a login in it: that would be a secret in an open place. */
    private static Optional<URI> uri(Fields fields, String key, String text, Set<String> schemes, String wanted) {
        try {
            URI uri = new URI(text);
            if (uri.getUserInfo() != null || text.contains("@")) {
                fields.problem(key, "must not hold a login; there are keys of its own for that");
                return Optional.empty();
            }
            if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Told below, together with an address of another scheme.
        }
        fields.problem(key, "wants " + wanted + (text.contains("@") ? "" : ", got " + text));
        return Optional.empty();
    }

    private static Optional<Duration> retention(Fields all) {
        Fields ledger = all.child("ledger");
        Optional<Duration> kept = ledger.optionalText("retention").flatMap(text -> {
            Optional<Duration> parsed = span(text);
            if (parsed.isEmpty()) {
                ledger.problem("retention", "wants a time such as P3Y or P400D, got " + text);
            }
            return parsed;
        });
        ledger.done();
        return kept;
    }

    private static Optional<Duration> span(String text) {
        try {
            Period period = Period.parse(text);
            Duration span = Duration.ofDays(period.toTotalMonths() * 365 / 12 + period.getDays());
            return span.isNegative() || span.isZero() ? Optional.empty() : Optional.of(span);
        } catch (DateTimeException e) {
            try {
                Duration span = Duration.parse(text);
                return span.isNegative() || span.isZero() ? Optional.empty() : Optional.of(span);
            } catch (DateTimeException none) {
                return Optional.empty();
            }
        }
    }

    private static Optional<Secret> token(Fields all) {
        Fields auth = all.child("auth");
        Optional<Secret> token = Secrets.read(auth, "token");
        token.filter(t -> t.value().length() < 16)
                .ifPresent(t -> auth.problem("token", "is too short: at least 16 characters"));
        auth.done();
        return token;
    }
}
