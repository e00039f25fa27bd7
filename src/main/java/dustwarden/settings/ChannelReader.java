package dustwarden.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Spelling;
import dustwarden.settings.Channel.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the channels under {@code notify.channels}; the name {@code log} is taken. */
final class ChannelReader {
    private static final String KINDS = "dingtalk, wecom, feishu, smtp, alertmanager, webhook, mqtt";

    private final Problems problems;

    ChannelReader(Problems problems) {
        this.problems = problems;
    }

    List<Channel> read(Fields all) {
        Fields notify = all.child("notify");
        Fields map = notify.child("channels");
        List<Channel> channels = new ArrayList<>();
        notify.raw("channels").ifPresent(node -> node.fieldNames().forEachRemaining(name -> {
            if (name.equals("log")) {
                map.problem(name, "is always there and cannot be set");
            } else if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
                map.problem(name, "wants a name of 1 to 32 of a-z, 0-9 and -");
            }
            Fields fields = map.raw(name)
                    .map(node2 -> new Fields(node2, map.path() + "." + name, problems))
                    .orElseGet(() -> new Fields(
                            JsonNodeFactory.instance.objectNode(), map.path() + "." + name, problems));
            channels.add(channel(name, fields));
            fields.done();
        }));
        notify.done();
        fallbacks(channels, map);
        return channels;
    }

    private static Channel channel(String name, Fields fields) {
        Kind kind = fields.optionalWord("kind", Kind::ofWire, KINDS).orElseGet(() -> {
            if (!fields.has("kind")) {
                fields.problem("kind", "is required: one of " + KINDS);
            }
            return Kind.WEBHOOK;
        });
        Optional<Secret> url = Secrets.read(fields, "url");
        url.filter(u -> !isHttp(u.value())).ifPresent(u -> fields.problem("url", "wants an http or https address"));
        Optional<String> host = fields.optionalText("host");
        Optional<String> from = fields.optionalText("from");
        List<String> to = fields.texts("to");
        if (kind.posts()) {
            required(fields, "url", kind);
        }
        if (kind == Kind.SMTP) {
            List.of("host", "from", "to").forEach(key -> required(fields, key, kind));
        }
        return new Channel(
                name,
                kind,
                url,
                Secrets.read(fields, "secret"),
                host,
                fields.has("port") ? OptionalInt.of(Ports.read(fields, "port", 587)) : OptionalInt.empty(),
                word(fields, "tls", Set.of("auto", "starttls", "implicit", "none"), "auto"),
                fields.optionalText("username"),
                Secrets.read(fields, "password"),
                from,
                to,
                fields.optionalText("topic"),
                atLeastOne(fields, "perMinute"),
                atLeastOne(fields, "perMonth"),
                fields.optionalText("keyword"),
                fields.texts("mention"),
                readable(fields, "ca"),
                fields.optionalText("fallback"),
                word(fields, "language", Set.of("zh", "en"), "zh"));
    }

    private static void required(Fields fields, String key, Kind kind) {
        if (!fields.has(key)) {
            fields.problem(key, "is required of " + kind.wire());
        }
    }

    private static String word(Fields fields, String key, Set<String> known, String otherwise) {
        String wanted = known.stream().sorted().collect(Collectors.joining(", "));
        return fields.optionalWord(key, w -> known.contains(w) ? Optional.of(w) : Optional.empty(), wanted)
                .orElse(otherwise);
    }

    private static Optional<Path> readable(Fields fields, String key) {
        Optional<Path> path = fields.optionalText(key).filter(t -> t.indexOf('\0') < 0).map(Path::of);
        path.filter(p -> !Files.isReadable(p)).ifPresent(p -> fields.problem(key, "names " + p + ", which cannot be read"));
        return path;
    }

    private static OptionalInt atLeastOne(Fields fields, String key) {
        OptionalDouble value = fields.optionalNumber(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsDouble() < 1) {
            fields.problem(key, "must be at least 1");
        }
        return OptionalInt.of((int) Math.max(1, value.getAsDouble()));
    }

    private static void fallbacks(List<Channel> channels, Fields map) {
        Set<String> names = channels.stream().map(Channel::name).collect(Collectors.toSet());
        names.add("log");
        for (Channel channel : channels) {
            channel.fallback()
                    .filter(f -> !names.contains(f) || f.equals(channel.name()))
                    .ifPresent(f -> map.problem(channel.name() + ".fallback",
                            "must name another channel, got " + f + "; " + Spelling.advice(f, names)));
        }
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = new URI(text);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
