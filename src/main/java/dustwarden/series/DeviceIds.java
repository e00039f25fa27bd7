package dustwarden.series;

import java.util.HashMap;
import java.util.Map;

/** Numbers for devices, so that a row of a reading is small. */
final class DeviceIds {
    private final Map<String, Long> ids = new HashMap<>();

    static void create(ViewDb db) {
        db.update("CREATE TABLE device(id INTEGER PRIMARY KEY, site TEXT NOT NULL, device TEXT NOT NULL, UNIQUE(site, device))");
    }

    void load(ViewDb db) {
        ids.clear();
        db.query("SELECT id, site, device FROM device", r -> ids.put(r.text(1) + "/" + r.text(2), r.number(0)));
    }

    /** The number of a device that {@link #of} was asked for. */
    long known(String site, String device) {
        return ids.get(site + "/" + device);
    }

    /** The number of a device, made where there is none. */
    long of(ViewDb db, String site, String device) {
        Long known = ids.get(site + "/" + device);
        if (known != null) {
            return known;
        }
        db.update("INSERT OR IGNORE INTO device(site, device) VALUES(?, ?)", site, device);
        long id = db.first("SELECT id FROM device WHERE site = ? AND device = ?", r -> r.number(0), site, device)
                .orElseThrow();
        ids.put(site + "/" + device, id);
        return id;
    }
}
