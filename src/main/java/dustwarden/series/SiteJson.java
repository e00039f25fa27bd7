package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Party;
import dustwarden.core.model.Phase;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteUnit;
import dustwarden.core.model.Text;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** A site as registered, in the words of the API. */
final class SiteJson {
    private SiteJson() {}

    /** What every list shows. */
    static ObjectNode line(Site site) {
        ObjectNode json = Json.object();
        json.put("site", site.id());
        text(json.putObject("name"), site.name());
        json.put("region", site.region());
        site.position().ifPresent(p -> json.putArray("position").add(p.latitude()).add(p.longitude()));
        return json;
    }

    /** @param reports the last report on each unit, as JSON */
    static void detail(ObjectNode json, Site site, LocalDate today, Map<String, String> reports) {
        json.put("zone", site.zone().getId());
        ArrayNode books = json.putArray("rulebook");
        site.rulebooks().forEach(books::add);
        party(json, "contractor", site.contractor());
        party(json, "owner", site.owner());
        party(json, "supervision", site.supervision());
        site.phases().stream().filter(p -> p.period().contains(today)).findFirst().ifPresent(p -> phase(json, p));
        ArrayNode units = json.putArray("units");
        for (SiteUnit unit : site.units()) {
            ObjectNode each = units.addObject().put("id", unit.id()).put("kind", unit.kind());
            each.put(unit.kind().equals("fence") ? "length" : "area", unit.size());
            unit.height().ifPresent(h -> each.put("height", h));
            if (reports.containsKey(unit.id())) {
                each.set("report", Json.parse(reports.get(unit.id())));
            }
        }
        ArrayNode gates = json.putArray("gates");
        site.gates().forEach(g -> gates.addObject().put("id", g.id()).put("wheelCamera", g.wheelCamera()));
    }

    private static void phase(ObjectNode json, Phase phase) {
        ObjectNode each = json.putObject("phase");
        phase.period().from().ifPresent(d -> each.put("from", d.toString()));
        phase.period().to().ifPresent(d -> each.put("to", d.toString()));
        ArrayNode works = each.putArray("works");
        phase.works().stream().map(w -> w.wire()).sorted().forEach(works::add);
    }

    private static void party(ObjectNode json, String role, Optional<Party> party) {
        party.ifPresent(p -> text(json.putObject(role).put("id", p.id()).putObject("name"), p.name()));
    }

    private static void text(ObjectNode json, Text text) {
        json.put("zh", text.zh()).put("en", text.en());
    }
}
