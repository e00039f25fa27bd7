package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Taken;
import dustwarden.core.model.Observation;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices as they stand, what was refused of each, and what was found odd.
 *
 * <p>A device's state is held in memory and saved with the readings that it follows from.
 */
final class DeviceRows {
    private final DeviceIds ids;
    private final Map<String, DeviceNow> states = new ConcurrentHashMap<>();
    private final Set<String> unsaved = new HashSet<>();

    DeviceRows(DeviceIds ids) {
        this.ids = ids;
    }

    static void create(ViewDb db) {
        db.update("CREATE TABLE device_now(device INTEGER PRIMARY KEY, heard INTEGER NOT NULL, ts INTEGER NOT NULL, "
                + "ts_received INTEGER NOT NULL, offline INTEGER NOT NULL, clock TEXT NOT NULL, camera TEXT, good INTEGER)");
        db.update("CREATE TABLE rejection(site TEXT NOT NULL, device TEXT NOT NULL, reason TEXT NOT NULL, n INTEGER NOT NULL, "
                + "PRIMARY KEY(site, device, reason)) WITHOUT ROWID");
        db.update("CREATE TABLE tolerated(site TEXT NOT NULL, device TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, "
                + "PRIMARY KEY(site, device, name)) WITHOUT ROWID");
        db.update("CREATE TABLE finding(site TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, json TEXT NOT NULL, "
                + "PRIMARY KEY(site, device, number)) WITHOUT ROWID");
    }

    void load(ViewDb db) {
        states.clear();
        unsaved.clear();
        db.query(
                "SELECT d.site, d.device, heard, ts, ts_received, offline, clock, camera, good FROM device_now n "
                        + "JOIN device d ON d.id = n.device",
                r -> states.put(r.text(0) + "/" + r.text(1), DeviceNow.load(r, 2)));
    }

    void hear(Observation observation, long received) {
        String key = observation.site() + "/" + observation.device();
        states.computeIfAbsent(key, k -> new DeviceNow()).hear(observation, received);
        unsaved.add(key);
    }

    static void rejected(ViewDb db, JsonNode rejection) {
        Optional<String> site = Json.text(rejection, "site");
        Optional<String> device = Json.text(rejection, "device");
        if (site.isPresent() && device.isPresent()) {
            db.update(
                    "INSERT INTO rejection VALUES(?, ?, ?, 1) ON CONFLICT(site, device, reason) DO UPDATE SET n = n + 1",
                    site, device, rejection.path("reason").asText());
        }
    }

    /** Counts what was tolerated in a device's frame. */
    static void tolerated(ViewDb db, Taken taken) {
        for (String name : taken.tolerated()) {
            db.update(
                    "INSERT INTO tolerated VALUES(?, ?, ?, 1) ON CONFLICT(site, device, name) DO UPDATE SET n = n + 1",
                    taken.observation().site(), taken.observation().device(), name);
        }
    }

    /** What a rejection says of a device's clock. */
    void timeRefused(JsonNode rejection) {
        Optional<String> site = Json.text(rejection, "site");
        Optional<String> device = Json.text(rejection, "device");
        if (site.isPresent() && device.isPresent() && rejection.path("reason").asText().startsWith("time-")) {
            state(site.get(), device.get()).timeRefused();
            unsaved.add(site.get() + "/" + device.get());
        }
    }

    static void found(ViewDb db, long number, JsonNode finding) {
        var json = Json.object();
        Json.copy(finding, json, "at", "kind", "numbers");
        db.update("INSERT OR REPLACE INTO finding VALUES(?, ?, ?, ?)",
                finding.path("site").asText(), finding.path("device").asText(), number, json.toString());
    }

    /** Saves what changed since {@link #saved}. */
    void save(ViewDb db) {
        for (String key : unsaved) {
            int slash = key.indexOf('/');
            states.get(key).save(db, ids.of(db, key.substring(0, slash), key.substring(slash + 1)));
        }
    }

    /** What was saved is committed. */
    void saved() {
        unsaved.clear();
    }

    DeviceNow state(String site, String device) {
        return states.computeIfAbsent(site + "/" + device, k -> new DeviceNow());
    }

    /** Empty before anything was heard of it. */
    Optional<DeviceNow> known(String site, String device) {
        return Optional.ofNullable(states.get(site + "/" + device));
    }
}
