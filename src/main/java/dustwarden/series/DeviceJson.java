package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.core.decode.Clock;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.time.Duration;
import java.util.Optional;

/** A registered device of a site with what was heard, refused and found of it. */
final class DeviceJson {
    private static final int FINDINGS_MAX = 20;

    private final ViewDb db;
    private final SeriesStore store;
    private final Site site;

    DeviceJson(ViewDb db, SeriesStore store, Site site) {
        this.db = db;
        this.store = store;
        this.site = site;
    }

    ObjectNode of(Device device) {
        Optional<DeviceNow> known = store.device(site.id(), device.id());
        ObjectNode json = Json.object();
        json.put("device", device.id());
        json.put("kind", device.kind().wire());
        json.put("every", Duration.ofMillis(device.everyMs()).toString());
        json.put("state", known.map(d -> state(device, d)).orElse("never"));
        known.flatMap(DeviceNow::heard).ifPresent(at -> json.put("lastReport", DecisionJson.time(at, site.zone())));
        known.flatMap(DeviceNow::lag).ifPresent(lag -> json.put("lag", lag / 1000.0));
        json.put("clock", known.map(DeviceNow::grade).orElse(Clock.Grade.UNKNOWN.wire()));
        ObjectNode rejections = json.putObject("rejections");
        db.query(
                "SELECT reason, n FROM rejection WHERE site = ? AND device = ? ORDER BY reason",
                r -> rejections.put(r.text(0), r.number(1)),
                site.id(), device.id());
        ObjectNode tolerated = json.putObject("tolerated");
        db.query(
                "SELECT name, n FROM tolerated WHERE site = ? AND device = ? ORDER BY name",
                r -> tolerated.put(r.text(0), r.number(1)),
                site.id(), device.id());
        ArrayNode findings = json.putArray("findings");
        db.query(
                "SELECT json FROM finding WHERE site = ? AND device = ? ORDER BY number DESC LIMIT ?",
                r -> findings.add(Json.parse(r.text(0))),
                site.id(), device.id(), FINDINGS_MAX);
        known.flatMap(DeviceNow::camera).ifPresent(camera -> json.set("camera", Json.parse(camera)));
        known.flatMap(DeviceNow::good).ifPresent(good -> json.put("good", good));
        return json;
    }

    private String state(Device device, DeviceNow known) {
        if (known.heard().isEmpty()) {
            return known.offline() ? "offline" : "never";
        }
        if (known.offline()) {
            return "offline";
        }
        return store.now() - known.heard().get() > device.validityMs() ? "silent" : "reporting";
    }
}
