package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.report.Document.Cell;
import dustwarden.report.Document.Rows;
import dustwarden.report.Document.Section;
import dustwarden.report.Document.Tone;
import dustwarden.core.rule.Rule;
import dustwarden.series.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The evidence for people, made of the same files that machines read. */
final class EvidencePage {
    private static final int RAW_SHOWN = 100;
    private static final int TEXT_SHOWN = 220;

    private final Map<String, byte[]> files;
    private final JsonNode alarm;
    private final JsonNode rule;
    private final JsonNode site;
    private final Optional<Rule> inForce;

    EvidencePage(Map<String, byte[]> files, Optional<Rule> inForce) {
        this.files = files;
        this.inForce = inForce;
        this.alarm = json("alarm.json");
        this.rule = json("rule.json");
        this.site = siteFile();
    }

    private JsonNode json(String name) {
        return Json.parse(files.get(name));
    }

    private JsonNode siteFile() {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().startsWith("content/")) {
                JsonNode content = Json.parse(file.getValue());
                if (content.path("site").asText().equals(alarm.path("site").asText())) {
                    return content;
                }
            }
        }
        return Json.object();
    }

    private List<JsonNode> lines(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8).lines().map(Json::parse).toList();
    }

    String html() {
        List<Section> sections = new ArrayList<>();
        sections.add(alarm());
        sections.add(new Section(Words.label("why"), Words.sentences(alarm.path("reasons"), inForce), Optional.empty()));
        sections.add(rule());
        new StepsPage(json("steps.json")).addTo(sections);
        sections.add(verdicts());
        sections.add(devices());
        sections.add(history());
        sections.add(notices());
        sections.add(register());
        sections.add(proof());
        sections.add(raw());
        JsonNode about = json("bundle.json");
        String subtitle = about.path("site").asText() + " · " + about.path("alarm").asText() + " · " + Words.label("made") + " "
                + Words.time(about.path("made").asText()) + " · " + about.path("zone").asText()
                + " · dustwarden " + about.path("product").asText();
        return Html.of(new Document(Words.label("evidence"), subtitle, sections));
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "—" : node.isNumber() ? Html.text(number(node)) : node.asText();
    }

    static Object number(JsonNode node) {
        return node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
    }

    private static String both(JsonNode words) {
        return words.isObject() ? words.path("zh").asText() + " / " + words.path("en").asText() : words.asText();
    }

    private Section alarm() {
        Rows rows = new Rows(Words.label("what"), Words.label("value"));
        rows.add(Words.label("site"), both(site.path("name")) + " (" + alarm.path("site").asText() + ")");
        rows.add(Words.label("item"), Words.item(alarm.path("item").asText()));
        rows.add(Words.label("rule"), both(rule.path("title")) + " (" + alarm.path("rule").asText() + ")");
        for (String key : List.of("subject", "priority")) {
            rows.add(Words.label(key), alarm.path(key).asText());
        }
        rows.add(Words.label("state"), Words.transition(alarm.path("state").asText()));
        for (String key : List.of("raisedAt", "returnedAt", "occurrences", "peak", "limit")) {
            if (alarm.has(key)) {
                rows.add(Words.label(key), text(alarm.path(key)));
            }
        }
        return new Section(Words.label("alarm"), List.of(), rows.table());
    }

    private Section rule() {
        List<String> lines = new ArrayList<>();
        JsonNode citation = rule.path("citation");
        if (!citation.isMissingNode()) {
            lines.add(Words.label("standard") + ": " + citation.path("standard").asText());
            lines.add(Words.label("clause") + ": " + citation.path("clause").asText());
            for (String key : List.of("quotedBy", "link", "document")) {
                if (citation.has(key)) {
                    lines.add(Words.label(key) + ": " + citation.path(key).asText());
                }
            }
            if (!citation.has("link") && !citation.has("document")) {
                lines.add(Words.label("noSource"));
            }
            lines.add(Words.label("valid") + ": " + rule.path("validFrom").asText("…") + " – " + rule.path("validTo").asText("…"));
            lines.add(Words.label("confidence") + ": " + Words.state(citation.path("confidence").asText()));
            JsonNode book = rule.path("rulebook");
            lines.add(Words.label("rulebook") + ": " + both(book.path("title")) + " (" + book.path("id").asText() + ")");
            lines.add("SHA-256 " + book.path("hash").asText());
            lines.add(Words.label("ruleText") + ": " + rule.path("text"));
        } else {
            lines.add(Words.label("noRulebook"));
        }
        return new Section(Words.label("rule"), lines, Optional.empty());
    }

    private Section verdicts() {
        Rows rows = new Rows(Words.label("at"), Words.label("period"), Words.label("state"), Words.label("share"),
                Words.label("capture"), Words.label("kind"));
        for (JsonNode v : json("steps.json").path("verdicts")) {
            String kind = v.path("final").asBoolean() ? Words.label("final") : Words.label("running");
            rows.add(v.path("at").asText(), Words.time(v.path("from").asText()) + " – " + Words.time(v.path("to").asText("")),
                    Cell.of(Words.state(v.path("state").asText()), tone(v.path("state").asText())),
                    text(v.path("low")) + " … " + text(v.path("high")), number(v.path("capture")),
                    v.has("supersedes") ? kind + " · " + Words.label("corrects") + " " + v.path("supersedes").asText() : kind);
        }
        return new Section(Words.label("verdicts"), beside(), rows.table());
    }

    /** What stands beside the newest verdict: figures that no document was seen to give, and whose dust it was. */
    private List<String> beside() {
        List<String> lines = new ArrayList<>();
        JsonNode last = Json.object();
        for (JsonNode v : json("steps.json").path("verdicts")) {
            last = v;
        }
        if (last.has("unconfirmed")) {
            lines.add(Words.label("unconfirmedFigures") + ": " + last.path("unconfirmed"));
        }
        if (last.has("dust")) {
            lines.add(Words.label("whoseDust") + ": " + last.path("dust"));
        }
        return lines;
    }

    static Tone tone(String state) {
        return switch (state) {
            case "COMPLIANT" -> Tone.GOOD;
            case "VIOLATION" -> Tone.BAD;
            case "UNKNOWN" -> Tone.UNKNOWN;
            default -> Tone.NONE;
        };
    }

    private Section devices() {
        Rows rows = new Rows(Words.label("device"), Words.label("kind"), Words.label("calibrated"),
                Words.label("verification"), Words.label("clock"), Words.label("flags"));
        for (JsonNode d : json("devices.json")) {
            rows.add(d.path("device").asText(), d.path("kind").asText(), text(d.path("calibrated")),
                    Words.state(d.path("verification").asText()), Words.state(d.path("clock").asText()), d.path("flags").toString());
        }
        return new Section(Words.label("devices"), List.of(), rows.table());
    }

    private Section history() {
        Rows rows = new Rows(Words.label("at"), Words.label("transition"), Words.label("person"), Words.label("text"));
        for (JsonNode step : alarm.path("history")) {
            rows.add(step.path("at").asText(), Words.transition(step.path("transition").asText()), text(step.path("person")),
                    text(step.path("text")));
        }
        return new Section(Words.label("history"), List.of(), rows.table());
    }

    private Section notices() {
        Rows rows = new Rows(Words.label("transition"), Words.label("receiver"), Words.label("channel"), Words.label("fate"),
                Words.label("attempts"), Words.label("answer"));
        for (JsonNode n : json("notices.json")) {
            rows.add(Words.transition(n.path("transition").asText()), n.path("receiver").asText(), n.path("channel").asText(),
                    Words.state(n.path("fate").asText()), n.path("attempts").asLong(), n.path("answer").asText());
        }
        return new Section(Words.label("notices"), rows.isEmpty() ? List.of(Words.label("none")) : List.of(),
                rows.isEmpty() ? Optional.empty() : rows.table());
    }

    private Section register() {
        Rows rows = new Rows(Words.label("what"), Words.label("value"));
        for (String key : List.of("region", "contractor", "owner", "supervision", "phases", "permits", "units", "gates", "devices")) {
            if (site.has(key)) {
                JsonNode value = site.path(key);
                String text = value.isTextual() ? value.asText() : value.toString();
                rows.add(Words.label(key), value.has("name") ? both(value.path("name")) : text);
            }
        }
        return new Section(Words.label("register"), List.of(), rows.table());
    }

    private Section proof() {
        List<String> lines = new ArrayList<>();
        JsonNode about = json("bundle.json");
        lines.add(Words.label("entries") + " " + about.path("entries").asText() + " · " + Words.label("decisions") + " "
                + about.path("decisions").asText() + (about.path("complete").asBoolean() ? "" : " · " + Words.label("incomplete")));
        new String(files.get("days.txt"), StandardCharsets.UTF_8).lines()
                .forEach(l -> lines.add(Words.label("dayRoot") + " " + l.split(" ")[2] + " " + l.substring(0, 64)));
        boolean open = false;
        for (JsonNode block : json("proofs.json").path("blocks")) {
            open |= !block.has("day");
        }
        if (open) {
            lines.add(Words.label("dayOpen"));
        }
        lines.add(Words.label("howToVerify"));
        return new Section(Words.label("proof"), lines, Optional.empty());
    }

    private Section raw() {
        Rows rows = new Rows(Words.label("offset"), Words.label("received"), Words.label("topic"), Words.label("payload"));
        List<JsonNode> all = lines("entries.jsonl");
        for (JsonNode e : all.subList(0, Math.min(RAW_SHOWN, all.size()))) {
            String payload = e.has("act") ? e.path("act").toString() : text(e.path("text"));
            rows.add(e.path("offset").asLong(), e.path("received").asText(),
                    e.has("topic") ? e.path("topic").asText() : e.has("peer") ? e.path("peer").asText() : e.path("source").asText(),
                    payload.length() > TEXT_SHOWN ? payload.substring(0, TEXT_SHOWN) + "…" : payload);
        }
        List<String> lines = all.size() > RAW_SHOWN ? List.of(Words.label("firstOnly") + " " + RAW_SHOWN + " / " + all.size()) : List.of();
        return new Section(Words.label("raw"), lines, rows.table());
    }
}
