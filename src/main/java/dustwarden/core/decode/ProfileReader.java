package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.decode.Profile.Field;
import dustwarden.core.decode.Profile.Mapping;
import dustwarden.core.decode.Profile.Topic;
import dustwarden.core.decode.Scope.Place;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Text;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a device profile from JSON and notes every problem with its path. */
public final class ProfileReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");
    private static final int TOPICS_MAX = 64;
    private static final int MAPPINGS_MAX = 64;
    private static final String STREAMS = "reading, camera, passage, unit, activity, spray, status";
    private static final String PAYLOADS = "json, text, keyvalue, xml, form, sparkplug";

    private final Problems problems;

    private ProfileReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a profile.
     *
     * @param hash of its canonical JSON
     * @return the profile, or empty when a problem was noted
     */
    public static Optional<Profile> read(JsonNode json, String hash, Problems problems) {
        int before = problems.all().size();
        Fields fields = new Fields(json, "$", problems);
        if (!json.isObject()) {
            return Optional.empty();
        }
        Profile profile = new ProfileReader(problems).profile(fields, hash);
        fields.done();
        return problems.all().size() > before ? Optional.empty() : Optional.of(profile);
    }

    private Profile profile(Fields fields, String hash) {
        String id = fields.text("profile");
        if (fields.has("profile") && !ID.matcher(id).matches()) {
            fields.problem("profile", "wants small letters, digits and hyphens, got " + id);
        }
        Text title = fields.words("title");
        fields.optionalText("format");
        fields.optionalText("note");
        List<ProfileTime> times = times(fields);
        List<Topic> topics = new ArrayList<>();
        for (Fields each : bounded(fields, "topics", TOPICS_MAX)) {
            topics.addAll(topic(each, times));
            each.done();
        }
        if (topics.isEmpty() && problems.isEmpty()) {
            fields.problem("topics", "is required: at least one pattern with what its messages become");
        }
        return new Profile(id, title, topics, hash);
    }

    /** One for each pattern that is named. */
    private List<Topic> topic(Fields fields, List<ProfileTime> inherited) {
        List<TopicPattern> patterns = new ArrayList<>();
        for (String text : fields.texts("topic")) {
            tried(fields, "topic", text, TopicPattern::of).ifPresent(patterns::add);
        }
        if (!fields.has("topic")) {
            fields.problem("topic", "is required: a topic pattern such as tele/{device}/SENSOR");
        }
        PayloadTree.Kind payload =
                fields.optionalWord("payload", PayloadTree.Kind::ofWire, PAYLOADS).orElse(PayloadTree.Kind.JSON);
        Optional<JsonPath> each = fields.optionalText("each").flatMap(text -> tried(fields, "each", text, JsonPath::of));
        Optional<FieldSource> part = fields.raw("part").flatMap(node ->
                source(node, fields.path() + ".part", new ProfileFields.Kind(FieldSource.Type.TEXT, UnitScale.Dimension.PLAIN, false)));
        List<ProfileTime> own = times(fields);
        Optional<String> ignore = fields.optionalText("ignore");
        List<Mapping> mappings = new ArrayList<>();
        for (Fields mapping : bounded(fields, "messages", MAPPINGS_MAX)) {
            mapping(mapping).ifPresent(mappings::add);
            mapping.done();
        }
        if (ignore.isEmpty() && mappings.isEmpty()) {
            fields.problem("messages", "is required where there is no ignore: what a message becomes");
        }
        List<ProfileTime> times = own.isEmpty() ? inherited : own;
        return patterns.stream().map(p -> new Topic(p, payload, each, part, times, mappings, ignore)).toList();
    }

    private List<Fields> bounded(Fields fields, String key, int max) {
        List<Fields> all = fields.children(key);
        if (all.size() > max) {
            fields.problem(key, "has " + all.size() + " entries, at most " + max + " are read");
            return List.of();
        }
        return all;
    }

    private Optional<Mapping> mapping(Fields fields) {
        List<Condition> when = fields.raw("when").map(node -> conditions(node, fields.path() + ".when")).orElse(List.of());
        Optional<String> ignore = fields.optionalText("ignore");
        List<ProfileTime> times = times(fields);
        if (ignore.isPresent()) {
            if (when.isEmpty()) {
                fields.problem("when", "is required beside ignore: which messages are");
            }
            return Optional.of(new Mapping(when, ignore, Stream.STATUS, List.of(), List.of()));
        }
        Optional<Stream> stream = fields.optionalWord("stream", Stream::ofWire, STREAMS);
        if (!fields.has("stream")) {
            fields.problem("stream", "is required: one of " + STREAMS + "; or ignore with the reason");
        }
        List<Field> read = new ArrayList<>();
        if (stream.filter(s -> s == Stream.READING).isPresent()) {
            quantities(fields, "values", ProfileFields::of, read);
            quantities(fields, "flags", q -> ProfileFields.FLAG, read);
            if (read.isEmpty()) {
                fields.problem("values", "is required: where at least one quantity stands");
            }
        }
        stream.ifPresent(s -> named(fields, ProfileFields.of(s), read));
        return stream.map(s -> new Mapping(when, Optional.empty(), s, read, times));
    }

    private void quantities(Fields fields, String key, Function<Quantity, ProfileFields.Kind> kinds, List<Field> read) {
        if (!fields.has(key)) {
            return;
        }
        Fields all = fields.child(key);
        for (Quantity quantity : Quantity.values()) {
            all.raw(quantity.wire()).ifPresent(node -> {
                ProfileFields.Kind kind = kinds.apply(quantity);
                source(node, all.path() + "." + quantity.wire(), kind)
                        .ifPresent(source -> read.add(new Field(List.of(key, quantity.wire()), kind.type(), false, source)));
            });
        }
        all.done();
    }

    private void named(Fields fields, Map<String, ProfileFields.Kind> kinds, List<Field> read) {
        Fields all = fields.child("fields");
        kinds.forEach((name, kind) -> {
            Optional<JsonNode> node = all.raw(name);
            if (node.isEmpty() && kind.required()) {
                all.problem(name, "is required");
            }
            node.flatMap(n -> source(n, all.path() + "." + name, kind)).ifPresent(source ->
                    read.add(new Field(List.of(name.split("\\.")), kind.type(), kind.required(), source)));
        });
        all.done();
    }

    private Optional<FieldSource> source(JsonNode node, String path, ProfileFields.Kind kind) {
        return new FieldSourceReader(node, path, kind, problems).read();
    }

    private List<Condition> conditions(JsonNode node, String path) {
        List<Condition> read = new ArrayList<>();
        if (!node.isObject()) {
            problems.add(path, "wants paths with what must stand there");
            return read;
        }
        for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> each = all.next();
            String at = path + "." + each.getKey();
            try {
                read.add(ConditionReader.read(Place.of(each.getKey()), each.getValue(), at, problems));
            } catch (IllegalArgumentException e) {
                problems.add(at, e.getMessage());
            }
        }
        return read;
    }

    /** {@code time}: one place or a list of them, tried in turn. */
    private List<ProfileTime> times(Fields fields) {
        Optional<JsonNode> raw = fields.raw("time");
        if (raw.isEmpty()) {
            return List.of();
        }
        List<Fields> all = raw.get().isArray() ? fields.children("time") : List.of(fields.child("time"));
        List<ProfileTime> read = new ArrayList<>();
        for (Fields each : all) {
            Optional<Place> place = tried(each, "path", each.text("path"), Place::of);
            Optional<ZoneId> zone = each.optionalText("zone").flatMap(text -> tried(each, "zone", text, ZoneId::of));
            String format = each.optionalText("format").orElse("iso");
            place.flatMap(p -> tried(each, "format", format, f -> ProfileTime.of(p, f, zone))).ifPresent(read::add);
            each.done();
        }
        return read;
    }

    private static <T> Optional<T> tried(Fields fields, String key, String text, Function<String, T> read) {
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            fields.problem(key, e.getMessage());
            return Optional.empty();
        }
    }
}
