package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A history that is put to {@code judge} as anybody may put it, and what was decided of it. */
final class Judged {
    static final OffsetDateTime DAY = OffsetDateTime.parse("2026-03-16T00:00:00+08:00");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Line(OffsetDateTime received, int order, String rest) {}

    private final Path dir;
    private final List<Line> lines = new ArrayList<>();

    Judged(Path dir) throws IOException {
        this.dir = dir;
        Files.createDirectories(dir.resolve("sites"));
    }

    /** Time of the day, minutes from midnight. */
    static OffsetDateTime at(double minute) {
        return DAY.plusNanos(Math.round(minute * 60_000) * 1_000_000);
    }

    static String iso(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    Judged site(String id, String yaml) throws IOException {
        Files.writeString(dir.resolve("sites/" + id + ".yaml"), yaml);
        return this;
    }

    /** A message with {@code ts} as received. */
    Judged send(double minute, String path, String body) {
        String ts = path.endsWith("status") ? "" : "\"ts\":\"" + iso(at(minute)) + "\",";
        return line(minute, "\"topic\":\"dust/v1/" + path + "\",\"payload\":{" + ts + body + "}");
    }

    Judged line(double minute, String rest) {
        lines.add(new Line(at(minute), lines.size(), rest));
        return this;
    }

    Judged act(double minute, String act, String person, String rest) {
        return line(minute, "\"act\":\"" + act + "\",\"person\":\"" + person + "\"" + (rest.isEmpty() ? "" : "," + rest));
    }

    List<JsonNode> until(double minute) throws IOException {
        lines.sort(Comparator.comparing(Line::received).thenComparing(Line::order));
        List<String> text = lines.stream().map(l -> "{\"received\":\"" + iso(l.received()) + "\"," + l.rest() + "}").toList();
        Path entries = Files.writeString(dir.resolve("entries.jsonl"), String.join("\n", text) + "\n");
        CommandRun run = CommandRun.of("judge", "--register", dir.resolve("sites").toString(), "--entries",
                entries.toString(), "--until", iso(at(minute)));
        if (run.exit() != 0) {
            throw new AssertionError(run.err());
        }
        List<JsonNode> found = new ArrayList<>();
        for (String line : run.lines()) {
            found.add(JSON.readTree(line));
        }
        return found;
    }

    /** The id that an alarm will have. */
    String idOf(double untilMinute, String rule, String subject) throws IOException {
        return ofType(until(untilMinute), "alarm").stream()
                .filter(a -> a.path("rule").asText().equals(rule) && a.path("subject").asText().equals(subject))
                .reduce((a, b) -> b)
                .orElseThrow()
                .path("id").asText();
    }

    static List<JsonNode> ofType(List<JsonNode> decisions, String type) {
        return decisions.stream().filter(d -> d.path("type").asText().equals(type)).toList();
    }

    /** Minute of the day with what happened, such as {@code 61 raised}. */
    static List<String> steps(List<JsonNode> decisions, String rule, String subject) {
        return ofType(decisions, "alarm").stream()
                .filter(a -> a.path("rule").asText().equals(rule) && a.path("subject").asText().equals(subject))
                .map(a -> minute(a) + " " + a.path("transition").asText())
                .toList();
    }

    /** Minute of the day with transition and receiver of each notice about an alarm. */
    static List<String> notices(List<JsonNode> decisions, String alarm) {
        return ofType(decisions, "notice").stream()
                .filter(n -> n.path("alarm").asText().equals(alarm))
                .map(n -> minute(n) + " " + n.path("transition").asText() + " " + n.path("receiver").asText())
                .toList();
    }

    static List<String> refusals(List<JsonNode> decisions) {
        return ofType(decisions, "rejection").stream().map(r -> r.path("reason").asText()).toList();
    }

    private static long minute(JsonNode decision) {
        return java.time.Duration.between(DAY, OffsetDateTime.parse(decision.path("at").asText())).toMinutes();
    }
}
