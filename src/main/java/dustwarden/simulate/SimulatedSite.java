package dustwarden.simulate;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the player needs to know of a registered site: its zone, its units and its devices, ids distinct.
 *
 * @param register the text of the site file
 */
public record SimulatedSite(
        String id, String region, ZoneId zone, List<String> units, List<SimulatedDevice> devices, String register) {

    public SimulatedSite {
        Ids.check(id);
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(zone, "zone");
        units = List.copyOf(units);
        devices = List.copyOf(devices);
        Objects.requireNonNull(register, "register");
        Set<String> seen = new HashSet<>();
        for (SimulatedDevice device : devices) {
            if (!seen.add(device.id())) {
                throw new IllegalArgumentException("site " + id + " has device " + device.id() + " twice");
            }
        }
    }

    /** The device of that id. */
    public Optional<SimulatedDevice> device(String deviceId) {
        return devices.stream().filter(device -> device.id().equals(deviceId)).findFirst();
    }

    /** The same site under another id with its first devices only. */
    SimulatedSite copy(String copyId, int devicesMax) {
        return new SimulatedSite(copyId, region, zone, units,
                devices.subList(0, Math.min(devicesMax, devices.size())), register);
    }
}
