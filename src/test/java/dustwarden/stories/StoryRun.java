package dustwarden.stories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.app.JudgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a story through the command {@code judge} and tells everything that is not as it was expected. */
final class StoryRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Story story;
    private final Path directory;
    private final List<String> troubles = new ArrayList<>();

    StoryRun(Story story, Path directory) {
        this.story = story;
        this.directory = directory;
    }

    /** What is wrong; empty when the story went as told. */
    List<String> troubles() throws IOException {
        List<JsonNode> decisions = decisions();
        inOrder(decisions);
        story.holds().forEach(held -> holds(held, decisions));
        for (JsonNode never : story.never()) {
            Expectation unwanted = new Expectation(never, story.time());
            decisions.stream().filter(unwanted::matches).findFirst()
                    .ifPresent(found -> troubles.add("never wanted " + never + ", got " + brief(found)));
        }
        troubles.addAll(Always.troubles(decisions, story.entries().size()));
        return troubles;
    }

    private List<JsonNode> decisions() throws IOException {
        Path register = Files.createDirectory(directory.resolve("register"));
        Files.writeString(register.resolve("story.yaml"), story.site().toString());
        Optional<Path> rulebooks = Optional.empty();
        if (!story.rulebooks().isEmpty()) {
            rulebooks = Optional.of(Files.createDirectory(directory.resolve("rulebooks")));
            for (JsonNode book : story.rulebooks()) {
                Files.writeString(rulebooks.get().resolve(book.path("rulebook").asText() + ".yaml"), book.toString());
            }
        }
        List<ObjectNode> entries = new ArrayList<>();
        for (ObjectNode entry : story.entries()) {
            ObjectNode told = entry;
            if (entry.has("act") && entry.has("alarm")) {
                // An alarm's id is known only once it was raised: play what came before.
                String rule = entry.get("alarm").asText();
                told = entry.deepCopy();
                told.put("alarm", idOf(rule, play(register, rulebooks, entries, Optional.of(entry.get("received").asText()))));
            }
            entries.add(told);
        }
        return play(register, rulebooks, entries, story.until());
    }

    private static String idOf(String rule, List<JsonNode> decisions) {
        return decisions.stream()
                .filter(d -> d.path("type").asText().equals("alarm") && d.path("rule").asText().equals(rule))
                .reduce((first, second) -> second)
                .map(d -> d.path("id").asText())
                .orElse(rule);
    }

    private List<JsonNode> play(Path register, Optional<Path> rulebooks, List<ObjectNode> entries, Optional<String> until)
            throws IOException {
        Path file = JudgeRun.write(directory, "entries.jsonl", entries.stream().map(ObjectNode::toString).toList());
        List<JsonNode> decisions = new ArrayList<>();
        for (String line : JudgeRun.lines(register, rulebooks, file, until)) {
            decisions.add(JSON.readTree(line));
        }
        return decisions;
    }

    private void inOrder(List<JsonNode> decisions) {
        int next = 0;
        for (JsonNode wanted : story.expect()) {
            Expectation expectation = new Expectation(wanted, story.time());
            int found = next;
            while (found < decisions.size() && !expectation.matches(decisions.get(found))) {
                found++;
            }
            if (found == decisions.size()) {
                troubles.add("wanted " + wanted + "\n    got " + near(wanted, decisions));
            } else {
                next = found + 1;
            }
        }
    }

    /** At a moment, the newest line of an item, a rule or an alarm is so. */
    private void holds(JsonNode held, List<JsonNode> decisions) {
        ObjectNode wanted = held.deepCopy();
        long at = story.time().at(wanted.remove("at").asText());
        boolean alarm = wanted.has("alarm");
        String name = alarm ? wanted.remove("alarm").asText() : wanted.path("item").asText();
        String rule = wanted.path("rule").asText("none");
        Optional<JsonNode> newest = decisions.stream()
                .filter(d -> Expectation.at(d) <= at)
                .filter(d -> !wanted.has("subject") || d.path("subject").equals(wanted.get("subject")))
                .filter(d -> alarm
                        ? d.path("type").asText().equals("alarm")
                                && (d.path("item").asText().equals(name) || d.path("rule").asText().equals(name))
                        : d.path("type").asText().equals("verdict") && d.path("item").asText().equals(name)
                                && d.path("rule").asText("none").equals(rule))
                .reduce((first, second) -> second);
        if (alarm && wanted.path("state").asText().equals("none")) {
            newest.ifPresent(found -> troubles.add("wanted no alarm of " + name + " by " + held.path("at") + ", got " + brief(found)));
        } else if (newest.isEmpty() || !new Expectation(wanted, story.time()).matches(newest.get())) {
            troubles.add("wanted that " + held + " holds\n    got " + newest.map(StoryRun::brief).orElse("nothing"));
        }
    }

    private static String near(JsonNode wanted, List<JsonNode> decisions) {
        List<String> alike = decisions.stream()
                .filter(d -> !wanted.has("type") || d.path("type").equals(wanted.get("type")))
                .filter(d -> !wanted.has("item") || d.path("item").equals(wanted.get("item")))
                .filter(d -> !wanted.has("rule") || d.path("rule").asText("none").equals(wanted.get("rule").asText()))
                .map(StoryRun::brief)
                .toList();
        int from = Math.max(0, alike.size() - 12);
        return alike.isEmpty() ? "nothing like it" : String.join("\n        ", alike.subList(from, alike.size()));
    }

    private static String brief(JsonNode decision) {
        ObjectNode brief = decision.deepCopy();
        brief.remove(List.of("id", "hash", "proof", "site", "offset", "rulebook"));
        return brief.toString();
    }
}
