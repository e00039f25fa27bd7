package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.OptionalDouble;

/** Means as they were decided, one row a window; a later decision on the same window replaces it. */
final class MeanRows {
    private final DeviceIds devices;

    MeanRows(DeviceIds devices) {
        this.devices = devices;
    }

    static void create(ViewDb db) {
        db.update("CREATE TABLE mean(device INTEGER NOT NULL, quantity TEXT NOT NULL, period INTEGER NOT NULL, "
                + "start INTEGER NOT NULL, mean REAL, capture REAL NOT NULL, flag TEXT NOT NULL, lim REAL, "
                + "PRIMARY KEY(device, quantity, period, start)) WITHOUT ROWID");
        db.update("CREATE TABLE background(node TEXT NOT NULL, quantity TEXT NOT NULL, period INTEGER NOT NULL, "
                + "start INTEGER NOT NULL, mean REAL NOT NULL, PRIMARY KEY(node, quantity, period, start)) WITHOUT ROWID");
    }

    void add(ViewDb db, JsonNode mean) {
        db.update(
                "INSERT OR REPLACE INTO mean VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                devices.of(db, mean.path("site").asText(), mean.path("device").asText()),
                mean.path("quantity").asText(),
                Duration.parse(mean.path("period").asText()).toMillis(),
                OffsetDateTime.parse(mean.path("start").asText()).toInstant().toEpochMilli(),
                real(mean.path("mean")),
                mean.path("capture").asDouble(),
                mean.path("flag").asText(),
                real(mean.path("limit")));
    }

    void addBackground(ViewDb db, dustwarden.core.model.Observation.Background background) {
        background.values().forEach((quantity, value) -> db.update(
                "INSERT OR REPLACE INTO background VALUES(?, ?, ?, ?, ?)",
                background.site(),
                quantity.wire(),
                background.periodMs(),
                background.ts(),
                value.number()));
    }

    private static OptionalDouble real(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
