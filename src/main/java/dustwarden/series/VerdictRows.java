package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The newest verdict of every item and rule of a site, since when its state holds, and what was said before. */
final class VerdictRows {
    static void create(ViewDb db) {
        db.update("CREATE TABLE item_now(site TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, since TEXT NOT NULL, "
                + "json TEXT NOT NULL, PRIMARY KEY(site, item)) WITHOUT ROWID");
        db.update("CREATE TABLE rule_now(site TEXT NOT NULL, rule TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, "
                + "since TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY(site, rule)) WITHOUT ROWID");
        db.update("CREATE TABLE verdict(number INTEGER PRIMARY KEY, site TEXT NOT NULL, item TEXT NOT NULL, rule TEXT, "
                + "at INTEGER NOT NULL, state TEXT NOT NULL, low REAL NOT NULL, high REAL NOT NULL, capture REAL NOT NULL, "
                + "final INTEGER NOT NULL, day TEXT NOT NULL)");
        db.update("CREATE INDEX verdict_by_item ON verdict(site, item, at)");
    }

    void add(ViewDb db, LogBatch.Decided decided) {
        JsonNode verdict = decided.json();
        boolean isFinal = verdict.path("final").asBoolean();
        Optional<String> rule = Json.text(verdict, "rule");
        db.update(
                "INSERT OR REPLACE INTO verdict VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                decided.number(),
                verdict.path("site").asText(),
                verdict.path("item").asText(),
                rule,
                decided.at(),
                verdict.path("state").asText(),
                verdict.path("low").asDouble(),
                verdict.path("high").asDouble(),
                verdict.path("capture").asDouble(),
                isFinal ? 1 : 0,
                verdict.path("from").asText().substring(0, "2026-01-01".length()));
        // A sealed or corrected day is history, not what holds now.
        if (!isFinal) {
            rule.ifPresentOrElse(r -> rule(db, r, verdict), () -> item(db, verdict));
        }
    }

    private static void item(ViewDb db, JsonNode verdict) {
        String site = verdict.path("site").asText();
        String item = verdict.path("item").asText();
        String since = since(
                db, "SELECT state, since FROM item_now WHERE site = ? AND item = ?", site, item, verdict);
        ObjectNode json = Json.object();
        Json.copy(verdict, json, "item", "state", "low", "high", "capture");
        json.put("since", since);
        Json.copy(verdict, json, "from", "to", "reasons", "dust");
        db.update("INSERT OR REPLACE INTO item_now VALUES(?, ?, ?, ?, ?)",
                site, item, verdict.path("state").asText(), since, json.toString());
    }

    private static void rule(ViewDb db, String rule, JsonNode verdict) {
        String site = verdict.path("site").asText();
        String since = since(
                db, "SELECT state, since FROM rule_now WHERE site = ? AND rule = ?", site, rule, verdict);
        ObjectNode json = Json.object();
        Json.copy(verdict, json, "rule", "rulebook", "hash", "clause", "confidence", "unconfirmed", "shadow");
        Json.copy(verdict, json, "state", "low", "high", "capture");
        json.put("since", since);
        Json.copy(verdict, json, "from", "to", "reasons", "dust");
        db.update("INSERT OR REPLACE INTO rule_now VALUES(?, ?, ?, ?, ?, ?)",
                site, rule, verdict.path("item").asText(), verdict.path("state").asText(), since, json.toString());
    }

    private static String since(ViewDb db, String sql, String site, String name, JsonNode verdict) {
        record Was(String state, String since) {}
        return db.first(sql, r -> new Was(r.text(0), r.text(1)), site, name)
                .filter(was -> was.state().equals(verdict.path("state").asText()))
                .map(Was::since)
                .orElse(verdict.path("at").asText());
    }
}
