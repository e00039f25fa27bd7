package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What people filed, each as it stands. */
final class FilingRows {
    static void create(ViewDb db) {
        db.update("CREATE TABLE filing(id TEXT PRIMARY KEY, number INTEGER NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL, "
                + "about TEXT, at INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID");
        db.update("CREATE UNIQUE INDEX filing_by_age ON filing(number)");
    }

    void add(ViewDb db, LogBatch.Decided decided) {
        JsonNode decision = decided.json();
        ObjectNode filing = decision.deepCopy();
        filing.remove("type");
        filing.remove("offset");
        db.update("INSERT INTO filing VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET json = excluded.json",
                decision.path("id").asText(),
                decided.number(),
                decision.path("site").asText(),
                decision.path("kind").asText(),
                Json.text(decision, "about"),
                decided.at(),
                filing.toString());
    }
}
