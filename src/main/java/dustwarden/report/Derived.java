package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.core.ObservationJson;
import dustwarden.core.model.Device;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.RuleHead;
import dustwarden.report.Evidence.Decided;
import dustwarden.report.Evidence.Told;
import dustwarden.series.AlarmJson;
import dustwarden.series.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The files of a bundle that follow from its entries, decisions and contents alone; whoever verifies makes them again. */
final class Derived {
    private final Evidence alarm;
    private final ZoneId zone;

    private Derived(Evidence alarm) {
        this.alarm = alarm;
        this.zone = alarm.site().zone();
    }

    /** @param rulebookJson the rulebook's content, which the rule is cut from */
    static Map<String, byte[]> of(Evidence alarm, Optional<String> rulebookJson) {
        Derived derived = new Derived(alarm);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("alarm.json", utf8(derived.alarm().toString()));
        files.put("rule.json", utf8(derived.rule(rulebookJson).toString()));
        files.put("devices.json", utf8(derived.devices().toString()));
        files.put("observations.jsonl", utf8(derived.observations()));
        files.put("steps.json", utf8(Steps.of(alarm).toString()));
        return files;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode alarm() {
        ArrayNode history = Json.array();
        ObjectNode last = Json.object();
        for (Decided d : alarm.transitions()) {
            last = AlarmJson.alarm(d.json());
            history.add(AlarmJson.transition(d.json()).put("offset", d.offset()).put("number", d.number()));
        }
        last.set("history", history);
        ArrayNode notices = last.putArray("noticesDue");
        alarm.decided("notice").forEach(n -> notices.add(n.json()));
        return last;
    }

    private ObjectNode rule(Optional<String> rulebookJson) {
        ObjectNode out = Json.object().put("rule", alarm.ruleId());
        alarm.rulebook().ifPresent(book -> {
            ObjectNode b = out.putObject("rulebook").put("id", book.id()).put("hash", book.hash());
            b.putObject("title").put("zh", book.title().zh()).put("en", book.title().en());
        });
        alarm.rule().map(Rule::head).ifPresent(head -> head(head, out));
        rulebookJson.ifPresent(text -> {
            for (JsonNode each : Json.parse(text).path("rules")) {
                if (alarm.ruleId().endsWith("/" + each.path("id").asText())) {
                    out.set("text", each);
                }
            }
        });
        return out;
    }

    private static void head(RuleHead head, ObjectNode out) {
        out.put("item", head.item());
        out.putObject("title").put("zh", head.title().zh()).put("en", head.title().en());
        ObjectNode citation = out.putObject("citation").put("standard", head.citation().standard())
                .put("clause", head.citation().clause());
        head.citation().quotedBy().ifPresent(who -> citation.put("quotedBy", who));
        head.citation().link().ifPresent(link -> citation.put("link", link));
        head.citation().document().ifPresent(hash -> citation.put("document", hash));
        citation.put("confidence", head.citation().confidence());
        citation.put("confirmed", head.citation().confidence().equals("confirmed"));
        head.validFrom().ifPresent(d -> out.put("validFrom", d.toString()));
        head.validTo().ifPresent(d -> out.put("validTo", d.toString()));
        out.put("hash", head.hash());
    }

    /** The devices that spoke or should have: calibration, verification, clock, and how their values were flagged. */
    private ArrayNode devices() {
        long raised = alarm.raised().at("raisedAt");
        LocalDate date = alarm.site().localDate(raised);
        ArrayNode out = Json.array();
        Set<String> ids = new TreeSet<>(Set.of(alarm.subject()));
        alarm.told().forEach(t -> t.device().ifPresent(d -> ids.add(d.id())));
        for (String id : ids) {
            Optional<Device> device = alarm.site().device(id);
            if (device.isEmpty()) {
                continue;
            }
            ObjectNode row = out.addObject().put("device", id)
                    .put("kind", device.get().kind().name().toLowerCase(Locale.ROOT)).put("everyMs", device.get().everyMs());
            device.get().calibrated().ifPresentOrElse(
                    d -> row.put("calibrated", d.toString()).put("daysSinceCalibration", date.toEpochDay() - d.toEpochDay()),
                    () -> row.putNull("calibrated"));
            device.get().verifiedUntil().ifPresentOrElse(
                    d -> row.put("verifiedUntil", d.toString()).put("verification", date.isAfter(d) ? "expired" : "valid"),
                    () -> row.putNull("verifiedUntil").put("verification", "unknown"));
            clock(id, raised, row);
            ObjectNode flags = row.putObject("flags");
            alarm.told().stream().filter(t -> t.observation().device().equals(id))
                    .forEach(t -> count(t, flags));
        }
        return out;
    }

    private static void count(Told told, ObjectNode flags) {
        if (told.observation() instanceof dustwarden.core.model.Observation.Reading r) {
            r.values().forEach((quantity, value) -> {
                String key = quantity.wire() + "/" + value.flag().name();
                flags.put(key, flags.path(key).asInt() + 1);
            });
        }
    }

    /** The newest word on the clock before the alarm; without one nothing odd was found. */
    private void clock(String device, long raised, ObjectNode row) {
        Optional<Decided> found = alarm.decided("finding").stream()
                .filter(f -> f.json().path("device").asText().equals(device)
                        && f.json().path("kind").asText().startsWith("clock-") && f.at("at") <= raised)
                .reduce((a, b) -> b);
        row.put("clock", found.map(f -> f.json().path("kind").asText().substring("clock-".length())).orElse("no-finding"));
        found.ifPresent(f -> row.set("clockNumbers", f.json().path("numbers")));
    }

    private String observations() {
        StringBuilder lines = new StringBuilder();
        for (Told t : alarm.told()) {
            ObjectNode line = Json.object().put("entry", t.offset()).put("received", DecisionJson.time(t.received(), zone));
            line.set("observation", ObservationJson.of(t.observation(), zone));
            t.refused().ifPresent(why -> line.put("refused", why));
            lines.append(line).append('\n');
        }
        return lines.toString();
    }
}
