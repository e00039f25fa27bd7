package dustwarden.series;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.core.model.Observation.UnitReport;
import java.time.ZoneId;
import java.util.Locale;

/** The last word on each unit of a site, by measured time. */
final class UnitRows {
    static void create(ViewDb db) {
        db.update("CREATE TABLE unit_now(site TEXT NOT NULL, unit TEXT NOT NULL, ts INTEGER NOT NULL, json TEXT NOT NULL, "
                + "PRIMARY KEY(site, unit)) WITHOUT ROWID");
    }

    void add(ViewDb db, UnitReport report, ZoneId zone) {
        ObjectNode json = Json.object();
        json.put("ts", DecisionJson.time(report.ts(), zone));
        json.put("device", report.device());
        json.put("good", report.good());
        json.put("share", report.share());
        json.put("active", report.active());
        json.put("source", report.source().name().toLowerCase(Locale.ROOT));
        json.put("by", report.by().name().toLowerCase(Locale.ROOT));
        json.put("confirmed", report.confirmed());
        report.picture().ifPresent(picture -> json.put("picture", picture));
        db.update(
                "INSERT INTO unit_now VALUES(?, ?, ?, ?) ON CONFLICT(site, unit) DO UPDATE SET ts = excluded.ts, "
                        + "json = excluded.json WHERE excluded.ts >= ts",
                report.site(), report.unit(), report.ts(), json.toString());
    }
}
