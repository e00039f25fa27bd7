package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Alarms as they stand, and every transition of each. */
final class AlarmRows {
    static void create(ViewDb db) {
        db.update("CREATE TABLE alarm(id TEXT PRIMARY KEY, raised INTEGER NOT NULL, site TEXT NOT NULL, item TEXT NOT NULL, "
                + "priority TEXT NOT NULL, state TEXT NOT NULL, acknowledged TEXT, json TEXT NOT NULL) WITHOUT ROWID");
        db.update("CREATE UNIQUE INDEX alarm_by_age ON alarm(raised)");
        db.update("CREATE INDEX alarm_by_site ON alarm(site, state)");
        db.update("CREATE TABLE alarm_step(alarm TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, "
                + "transition TEXT NOT NULL, person TEXT, json TEXT NOT NULL, PRIMARY KEY(alarm, number)) WITHOUT ROWID");
        db.update("CREATE INDEX alarm_step_by_time ON alarm_step(at)");
    }

    void add(ViewDb db, LogBatch.Decided decided) {
        JsonNode decision = decided.json();
        String id = decision.path("id").asText();
        ObjectNode alarm = AlarmJson.alarm(decision);
        String transition = decision.path("transition").asText();
        Optional<String> acknowledged =
                transition.equals("acknowledged") ? Json.text(decision, "person") : Optional.empty();
        if (transition.equals("raised")) {
            // Raised again, it needs to be seen again.
            db.update("UPDATE alarm SET acknowledged = NULL WHERE id = ?", id);
        }
        db.update(
                "INSERT INTO alarm VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET priority = excluded.priority, "
                        + "state = excluded.state, acknowledged = coalesce(excluded.acknowledged, acknowledged), "
                        + "json = excluded.json",
                id,
                decided.number(),
                decision.path("site").asText(),
                decision.path("item").asText(),
                decision.path("priority").asText(),
                decision.path("state").asText(),
                acknowledged,
                alarm.toString());
        db.update("INSERT OR REPLACE INTO alarm_step VALUES(?, ?, ?, ?, ?, ?)",
                id, decided.number(), decided.at(), transition, Json.text(decision, "person"),
                AlarmJson.step(decision).toString());
    }
}
