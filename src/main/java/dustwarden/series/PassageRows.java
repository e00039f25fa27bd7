package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Content;
import dustwarden.core.DecisionJson;
import dustwarden.core.Taken;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.model.Site;
import java.util.List;
import java.util.Locale;

/** Passages through the gates, one row each with what each was worth. */
final class PassageRows {
    static void create(ViewDb db) {
        db.update("CREATE TABLE passage(site TEXT NOT NULL, ts INTEGER NOT NULL, device TEXT NOT NULL, id TEXT NOT NULL, "
                + "json TEXT NOT NULL, PRIMARY KEY(site, ts, device, id)) WITHOUT ROWID");
    }

    /** @param decided what was decided at the passage's entry */
    void add(ViewDb db, Taken taken, Content content, List<JsonNode> decided) {
        Passage passage = (Passage) taken.observation();
        Site site = taken.site().orElseThrow();
        ObjectNode json = json(passage, site, taken.device().flatMap(Device::gate).orElse(""));
        PassageOutcome outcome = new PassageOutcome(content, site, decided);
        json.put("washing", outcome.washing(passage).wire());
        json.put("transport", outcome.transport(passage).wire());
        db.update("INSERT OR REPLACE INTO passage VALUES(?, ?, ?, ?, ?)",
                passage.site(), passage.ts(), passage.device(), passage.id(), json.toString());
    }

    private static ObjectNode json(Passage passage, Site site, String gate) {
        ObjectNode json = Json.object();
        json.put("ts", DecisionJson.time(passage.ts(), site.zone()));
        json.put("id", passage.id());
        json.put("device", passage.device());
        if (!gate.isEmpty()) {
            json.put("gate", gate);
        }
        json.put("direction", word(passage.direction()));
        json.put("vehicle", word(passage.vehicle()));
        passage.plate().ifPresent(plate -> json.put("plate", plate));
        DeviceNow.claim(json, "loaded", passage.loaded());
        passage.cargo().ifPresent(cargo -> json.put("cargo", word(cargo)));
        DeviceNow.claim(json, "covered", passage.covered());
        DeviceNow.claim(json, "overfull", passage.overfull());
        DeviceNow.claim(json, "bypass", passage.bypass());
        ObjectNode wash = json.putObject("wash");
        passage.wash().seconds().ifPresent(s -> wash.put("seconds", s));
        DeviceNow.claim(wash, "pump", passage.wash().pump());
        if (passage.wash().wheels() != Wheels.UNKNOWN) {
            wash.put("wheels", word(passage.wash().wheels()));
        }
        passage.picture().ifPresent(picture -> json.put("picture", picture));
        return json;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
