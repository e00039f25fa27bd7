package dustwarden.simulate;

import java.util.List;
import java.util.Map;

/** A site with what its devices do and what goes wrong there; every name in it is in the site's register. */
public record SiteScript(SimulatedSite site, Map<String, DeviceScript> devices, List<Trouble> troubles) {

    public SiteScript {
        devices = Map.copyOf(devices);
        troubles = List.copyOf(troubles);
        for (String id : devices.keySet()) {
            known(site, id);
        }
        for (Trouble trouble : troubles) {
            known(site, trouble.device());
        }
    }

    DeviceScript of(SimulatedDevice device) {
        return devices.getOrDefault(device.id(), DeviceScript.PLAIN);
    }

    List<Trouble> troublesOf(SimulatedDevice device) {
        return troubles.stream().filter(trouble -> trouble.device().equals(device.id())).toList();
    }

    /** The same play on a copy of the site that keeps its first devices only. */
    SiteScript copy(String copyId, int devicesMax) {
        SimulatedSite copied = site.copy(copyId, devicesMax);
        Map<String, DeviceScript> kept = new java.util.HashMap<>(devices);
        kept.keySet().removeIf(id -> copied.device(id).isEmpty());
        return new SiteScript(copied, kept,
                troubles.stream().filter(t -> copied.device(t.device()).isPresent()).toList());
    }

    private static void known(SimulatedSite site, String device) {
        if (site.device(device).isEmpty()) {
            throw new IllegalArgumentException("site " + site.id() + " has no device " + device);
        }
    }
}
