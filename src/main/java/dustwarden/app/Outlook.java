package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What a run of decisions leaves for people: the last final verdict a site, rule and day, and the alarms raised. */
final class Outlook {
    private static final String FINAL = "\"final\":true";
    private static final String RAISED = "\"transition\":\"raised\"";

    private final long from;
    private final long to;
    private final Map<String, String> verdicts = new TreeMap<>();
    private final Map<String, String> alarms = new TreeMap<>();

    /** Of periods and alarms that begin in {@code from..to}, epoch ms. */
    Outlook(long from, long to) {
        this.from = from;
        this.to = to;
    }

    void add(String type, byte[] line) {
        if (type.equals("verdict")) {
            verdict(new String(line, StandardCharsets.UTF_8));
        } else if (type.equals("alarm")) {
            alarm(new String(line, StandardCharsets.UTF_8));
        }
    }

    private void verdict(String line) {
        if (!line.contains(FINAL)) {
            return;
        }
        JsonNode verdict = CanonicalJson.parse(line);
        if (verdict.hasNonNull("rule") && isWithin(verdict.path("from").asText())) {
            String day = verdict.path("from").asText().substring(0, 10);
            String share = verdict.path("low").asText() + ".." + verdict.path("high").asText();
            verdicts.put(
                    day + "  " + verdict.path("site").asText() + "  " + verdict.path("rule").asText(),
                    verdict.path("state").asText() + " " + share);
        }
    }

    private void alarm(String line) {
        if (!line.contains(RAISED)) {
            return;
        }
        JsonNode alarm = CanonicalJson.parse(line);
        String at = alarm.path("at").asText();
        if (isWithin(at)) {
            alarms.put(
                    at + "  " + alarm.path("site").asText() + "  " + alarm.path("rule").asText() + "  "
                            + alarm.path("subject").asText(),
                    "raised");
        }
    }

    private boolean isWithin(String iso) {
        long at = OffsetDateTime.parse(iso).toInstant().toEpochMilli();
        return at >= from && at < to;
    }

    /** What would be otherwise, one sentence a line: verdicts first, then alarms. */
    List<String> changesTo(Outlook other) {
        List<String> lines = new ArrayList<>();
        changes("verdict", verdicts, other.verdicts, lines);
        changes("alarm", alarms, other.alarms, lines);
        return lines;
    }

    private static void changes(String what, Map<String, String> before, Map<String, String> after, List<String> lines) {
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String key : all.keySet()) {
            Optional<String> was = Optional.ofNullable(before.get(key));
            Optional<String> is = Optional.ofNullable(after.get(key));
            if (!Objects.equals(was, is)) {
                lines.add(what + "  " + key + "  " + was.orElse("none") + " -> " + is.orElse("none"));
            }
        }
    }
}
