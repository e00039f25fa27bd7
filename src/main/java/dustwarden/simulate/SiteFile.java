package dustwarden.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.List;

/** Reads of a site file what the player needs; the register's own reader checks the rest. */
final class SiteFile {

    private SiteFile() {
    }

    /** The site; devices that speak HJ 212 or a maker's own format are left out, for nothing here plays them. */
    static SimulatedSite read(JsonNode root, String text) {
        Yaml site = new Yaml(root, "site file");
        List<SimulatedDevice> devices = site.list("devices").stream()
                .filter(device -> !device.has("hj212") && !device.has("profile"))
                .map(device -> new SimulatedDevice(
                        device.text("id"),
                        SimulatedDevice.Kind.named(device.text("kind")),
                        device.duration("every"),
                        device.texts("units"),
                        device.optional("activity")))
                .toList();
        return new SimulatedSite(
                site.text("site"),
                site.text("region"),
                ZoneId.of(site.optional("zone").orElse("Asia/Shanghai")),
                site.list("units").stream().map(unit -> unit.text("id")).toList(),
                devices,
                text);
    }
}
