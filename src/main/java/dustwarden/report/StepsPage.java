package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.report.Document.Cell;
import dustwarden.report.Document.Rows;
import dustwarden.report.Document.Section;
import dustwarden.report.Document.Tone;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arithmetic for people: a table a window, of passages, units or events, and the sums under it. */
final class StepsPage {
    /** What a table of events names in columns of its own or not at all. */
    private static final Set<String> IN_COLUMNS = Set.of("offset", "at", "ts", "type", "device", "counts", "why");

    private static final int EVENTS_SHOWN = 150;
    private static final int LINES_SHOWN = 300;

    private final JsonNode steps;

    StepsPage(JsonNode steps) {
        this.steps = steps;
    }

    void addTo(List<Section> sections) {
        for (JsonNode window : steps.path("windows")) {
            window(window, sections);
        }
        if (steps.has("passages")) {
            sections.add(passages());
        }
        if (steps.has("units")) {
            sections.add(units());
        }
        if (steps.has("lines")) {
            sections.add(lines());
        }
        if (steps.has("events")) {
            sections.add(events());
        }
    }

    /** What adds up to the share of the verdict; idle and good stretches say nothing that changes it. */
    private Section lines() {
        Rows rows = new Rows(Words.label("what"), Words.label("period"), Words.label("value"));
        int skipped = 0;
        int shown = 0;
        for (JsonNode line : steps.path("lines")) {
            boolean idle = line.path("runs").asText().equals("no") && line.has("to") || line.path("state").asText().equals("good");
            if (idle || shown++ >= LINES_SHOWN) {
                skipped++;
                continue;
            }
            ObjectNode rest = line.deepCopy();
            rest.remove(List.of("what", "from", "to"));
            rows.add(line.path("what").asText(),
                    line.has("from") ? Words.time(text(line, "from")) + " – " + Words.time(text(line, "to")) : "—", rest(rest));
        }
        JsonNode share = steps.path("share");
        List<String> lines = new ArrayList<>(List.of(
                Words.label("share") + " " + text(share, "low") + " – " + text(share, "high"),
                Words.label(share.path("verdict").path("agrees").asBoolean() ? "agrees" : "differs")));
        if (skipped > 0) {
            lines.add(Words.label("linesSkipped") + " " + skipped);
        }
        return new Section(Words.label("lines"), lines, rows.table());
    }

    private void window(JsonNode w, List<Section> sections) {
        List<String> lines = new ArrayList<>();
        String unit = " " + steps.path("unit").asText();
        lines.add(Words.label("sum") + " " + w.path("sum").asText() + " / " + Words.label("count") + " " + w.path("count").asText()
                + " = " + Words.label("mean") + " " + w.path("mean").asText() + unit);
        lines.add(Words.label("capture") + " " + w.path("slotsWithValue").asText() + " / " + w.path("slots").asText() + " = "
                + text(w, "capture") + " (≥ " + text(steps, "captureMin") + ")");
        if (w.has("background")) {
            lines.add(Words.label("background") + " " + text(w, "background") + unit + ", " + Words.label("takenOff") + " "
                    + text(w, "takenOff") + unit);
        }
        if (w.path("upwind").isObject()) {
            lines.add(Words.label("upwind") + " " + w.path("upwind").path("device").asText() + " " + text(w.path("upwind"), "mean") + unit);
        }
        lines.add(text(w, "figure") + (w.path("exceeded").asBoolean() ? " > " : " ≤ ") + text(w, "limit") + unit);
        if (w.path("decided").has("agrees")) {
            lines.add(Words.label(w.path("decided").path("agrees").asBoolean() ? "agrees" : "differs"));
        }
        Rows rows = new Rows(Words.label("measured"), Words.label("received"), Words.label("value"), Words.label("flag"),
                Words.label("counts"), Words.label("offset"));
        for (JsonNode v : w.path("values")) {
            rows.add(v.path("ts").asText(), v.path("received").asText(), v.path("value").asDouble(), v.path("flag").asText(),
                    counts(v), v.path("offset").asLong());
        }
        sections.add(new Section(
                Words.label("window") + " " + w.path("device").asText() + " " + Words.time(w.path("start").asText())
                        + " – " + Words.time(w.path("end").asText()),
                lines, rows.table()));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNumber() ? Html.text(EvidencePage.number(value)) : value.isMissingNode() || value.isNull() ? "—" : value.asText();
    }

    private static Cell counts(JsonNode row) {
        return row.path("counts").asBoolean()
                ? Cell.of(Words.label("yes"), Tone.PLAIN)
                : Cell.of(Words.label("no") + ": " + row.path("why").asText(), Tone.UNKNOWN);
    }

    private static Tone tone(String outcome) {
        return outcome.equals("good") ? Tone.GOOD : outcome.endsWith("-unknown") ? Tone.UNKNOWN : Tone.BAD;
    }

    private Section passages() {
        Rows rows = new Rows(Words.label("measured"), Words.label("plate"), Words.label("vehicle"), Words.label("wash"),
                Words.label("covered"), Words.label("outcome"), Words.label("picture"), Words.label("offset"));
        for (JsonNode p : steps.path("passages")) {
            String outcome = p.path("outcome").asText();
            Cell shown = p.has("why")
                    ? Cell.of(Words.label("no") + ": " + p.path("why").asText(), Tone.NONE)
                    : Cell.of(Words.state(outcome), tone(outcome));
            rows.add(p.path("ts").asText(), text(p, "plate"), text(p, "vehicle"),
                    p.has("wash") ? p.path("wash").toString() : "—", text(p, "covered"), shown, text(p, "picture"),
                    p.path("offset").asLong());
        }
        List<String> lines = List.of(Words.label("counted") + " " + text(steps, "counted") + " = " + Words.label("good") + " "
                + text(steps, "good") + " + " + Words.label("failed") + " " + text(steps, "failed") + " + "
                + Words.label("unknown") + " " + text(steps, "unknown"));
        return new Section(Words.label("passages"), lines, rows.table());
    }

    private Section units() {
        Rows rows = new Rows(Words.label("unit"), Words.label("weight"), Words.label("at"), Words.label("source"),
                Words.label("share"), Words.label("offset"));
        for (JsonNode u : steps.path("units")) {
            boolean told = u.has("share");
            rows.add(u.path("unit").asText(), u.path("weight").asDouble(), text(u, "at"), text(u, "source"),
                    told ? Cell.of(u.path("share").asDouble(), u.path("share").asDouble() < 1 ? Tone.BAD : Tone.GOOD)
                            : Cell.of("—", Tone.UNKNOWN),
                    text(u, "report"));
        }
        List<String> lines = List.of(Words.label("total") + " " + text(steps, "total") + " = " + Words.label("inOrder") + " "
                + text(steps, "inOrder") + " + " + Words.label("outOfOrder") + " " + text(steps, "outOfOrder") + " + "
                + Words.label("notReported") + " " + text(steps, "notReported"), Words.label("unitsNote"));
        return new Section(Words.label("units"), lines, rows.table());
    }

    private Section events() {
        Rows rows = new Rows(Words.label("at"), Words.label("device"), Words.label("kind"), Words.label("value"),
                Words.label("counts"), Words.label("offset"));
        int skipped = Math.max(0, steps.path("events").size() - EVENTS_SHOWN);
        int at = 0;
        for (JsonNode e : steps.path("events")) {
            if (at++ < skipped) {
                continue;
            }
            rows.add(e.path("at").asText(), text(e, "device"), text(e, "type"), rest(e), counts(e), e.path("offset").asLong());
        }
        List<String> lines = new ArrayList<>();
        if (skipped > 0) {
            lines.add(Words.label("lastOnly") + " " + EVENTS_SHOWN + " / " + steps.path("events").size());
        }
        for (String key : List.of("workedMs", "wetMs", "dryMs", "gapMaxMs", "silentMs", "allowedSilenceMs")) {
            if (steps.has(key)) {
                lines.add(Words.label(key) + " " + Html.text(steps.path(key).asLong() / 60_000.0) + " min");
            }
        }
        for (JsonNode order : steps.path("orders")) {
            lines.add(Words.label("order") + " " + order);
        }
        for (JsonNode work : steps.path("work")) {
            String dry = Html.text(work.path("dryMs").asLong() / 60_000.0) + " min";
            lines.add(Words.label("work") + " " + Words.time(work.path("from").asText()) + " – "
                    + Words.time(work.path("to").asText())
                    + (work.has("dryMs") ? ", " + Words.label("dryMs") + " " + dry : ""));
        }
        return new Section(Words.label("events"), lines, rows.table());
    }

    private static String rest(JsonNode event) {
        List<String> parts = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> each = event.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            if (!IN_COLUMNS.contains(field.getKey())) {
                parts.add(field.getKey() + "=" + (field.getValue().isTextual() ? field.getValue().asText() : field.getValue().toString()));
            }
        }
        return Optional.of(parts).map(p -> String.join(" ", p)).orElse("");
    }
}
