package dustwarden.stories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Observations in, decisions expected at times: one story, with its entries spelled out in the order of receipt.
 *
 * @param name file and title
 * @param says the sentence of the contract or the domain that demands it
 * @param acts index of the entries that are acts on an alarm, which is named by its rule until it is known
 */
record Story(
        String name,
        String says,
        ObjectNode site,
        List<JsonNode> rulebooks,
        StoryTime time,
        List<ObjectNode> entries,
        Optional<String> until,
        List<JsonNode> expect,
        List<JsonNode> holds,
        List<JsonNode> never) {
    static final Path FOLDER = Path.of("src/test/resources/stories");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String SITE = "story";
    private static final List<String> KEYS = List.of(
            "title", "says", "site", "day", "with", "entries", "until", "rulebooks", "expect", "holds", "never");

    /** All stories of a file. */
    static List<Story> read(Path file) throws IOException {
        JsonNode root = YAML.readTree(Files.readAllBytes(file));
        List<Story> stories = new ArrayList<>();
        for (JsonNode story : root.path("stories")) {
            try {
                stories.add(read(file.getFileName().toString().replace(".yaml", ""), root, story));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(file + ": " + story.path("title").asText() + ": " + e.getMessage(), e);
            }
        }
        return stories;
    }

    private static Story read(String file, JsonNode root, JsonNode story) throws IOException {
        ObjectNode site = site(root.path("site"));
        merge(site, story.path("site"));
        String day = story.has("day") ? story.get("day").asText() : root.path("day").asText("2026-03-14");
        StoryTime time = new StoryTime(LocalDate.parse(day), ZoneId.of(site.path("zone").asText("Asia/Shanghai")));
        List<Timed> entries = new ArrayList<>();
        for (JsonNode routine : story.path("with")) {
            JsonNode found = root.path("routines").path(routine.asText());
            if (found.isMissingNode()) {
                throw new IllegalArgumentException("there is no routine " + routine.asText());
            }
            found.forEach(line -> spell(line, time, entries));
        }
        story.path("entries").forEach(line -> spell(line, time, entries));
        entries.sort(Comparator.comparingLong(Timed::at));
        for (Iterator<Map.Entry<String, JsonNode>> i = story.fields(); i.hasNext(); ) {
            String key = i.next().getKey();
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("a story has no " + key);
            }
        }
        return new Story(file + ": " + story.path("title").asText(), story.path("says").asText(), site, list(story.path("rulebooks")),
                time, entries.stream().map(Timed::line).toList(),
                story.has("until") ? Optional.of(time.iso(time.at(story.get("until").asText()))) : Optional.empty(),
                list(story.path("expect")), list(story.path("holds")), list(story.path("never")));
    }

    private static ObjectNode site(JsonNode described) throws IOException {
        ObjectNode site = JsonNodeFactory.instance.objectNode();
        if (described.has("base")) {
            Path base = FOLDER.resolve("sites").resolve(described.get("base").asText() + ".yaml");
            site.setAll((ObjectNode) YAML.readTree(Files.readAllBytes(base)));
        }
        merge(site, described);
        site.put("site", SITE);
        return site;
    }

    /** Keys replace keys, null takes one away. */
    private static void merge(ObjectNode site, JsonNode over) {
        over.fields().forEachRemaining(field -> {
            if (field.getKey().equals("base")) {
                return;
            }
            if (field.getValue().isNull()) {
                site.remove(field.getKey());
            } else {
                site.set(field.getKey(), field.getValue());
            }
        });
    }

    private record Timed(long at, ObjectNode line) {}

    /** Spells out one line: {@code at}, or {@code from} with {@code every} and {@code until} (not included) or {@code count}. */
    private static void spell(JsonNode line, StoryTime time, List<Timed> out) {
        if (line.has("at")) {
            say(line, time, time.at(line.get("at").asText()), out);
            return;
        }
        long every = StoryTime.length(line.get("every").asText());
        long from = time.at(line.get("from").asText());
        long count = line.has("count") ? line.get("count").asLong() : Long.MAX_VALUE;
        long until = line.has("until") ? time.at(line.get("until").asText()) : Long.MAX_VALUE;
        if (count == Long.MAX_VALUE && until == Long.MAX_VALUE) {
            throw new IllegalArgumentException("a repetition has until or count: " + line);
        }
        for (long at = from, n = 0; at < until && n < count; at += every, n++) {
            say(line, time, at, out);
        }
    }

    private static void say(JsonNode line, StoryTime time, long at, List<Timed> out) {
        long late = line.has("late") ? StoryTime.length(line.get("late").asText()) : 0;
        line.fields().forEachRemaining(field -> {
            String key = field.getKey();
            ObjectNode entry = JsonNodeFactory.instance.objectNode().put("received", time.iso(at));
            if (key.contains("/")) {
                for (String device : key.substring(0, key.lastIndexOf('/')).split(",")) {
                    String stream = key.substring(key.lastIndexOf('/'));
                    boolean region = device.startsWith("region:");
                    ObjectNode message = entry.deepCopy();
                    message.put("topic", "dust/v1/" + (region ? "region/" + device.substring(7) : SITE + "/" + device) + stream);
                    message.set("payload", stamped(field.getValue(), stream, time, at - late));
                    if (line.path("retained").asBoolean()) {
                        message.put("retained", true);
                    }
                    out.add(new Timed(at, message));
                }
            } else if (key.equals("act")) {
                ObjectNode act = field.getValue().deepCopy();
                for (String moment : List.of("from", "to", "until")) {
                    if (act.has(moment)) {
                        act.put(moment, time.iso(time.at(act.get(moment).asText())));
                    }
                }
                entry.setAll(act);
                out.add(new Timed(at, entry));
            } else if (key.equals("hj212") && field.getValue().isObject()) {
                entry.put("hj212", StoryFrame.of(field.getValue(), time, at, at - late));
                out.add(new Timed(at, entry));
            } else if (key.equals("link") || key.equals("hj212") || key.equals("topic")) {
                entry.setAll((ObjectNode) line.deepCopy());
                entry.remove(List.of("at", "from", "every", "until", "count", "late"));
                out.add(new Timed(at, entry));
            }
        });
    }

    /** Gives a body the time that it was measured at, unless it has its own or none is wanted. */
    private static JsonNode stamped(JsonNode body, String stream, StoryTime time, long at) {
        if (body instanceof ArrayNode many) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            many.forEach(one -> all.add(stamped(one, stream, time, at)));
            return all;
        }
        if (!(body instanceof ObjectNode)) {
            return body;
        }
        ObjectNode stamped = body.deepCopy();
        for (String moment : List.of("ts", "from", "to")) {
            if (stamped.path(moment).isTextual()) {
                stamped.put(moment, time.iso(time.at(stamped.get(moment).asText())));
            }
        }
        if (!stamped.has("ts") && !stream.equals("/status") && !stream.equals("/order")) {
            stamped.put("ts", time.iso(at));
        }
        return stamped;
    }

    private static List<JsonNode> list(JsonNode node) {
        List<JsonNode> all = new ArrayList<>();
        node.forEach(all::add);
        return all;
    }

    static List<Story> all() throws IOException {
        List<Story> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                all.addAll(read(file));
            }
        }
        return all;
    }
}
