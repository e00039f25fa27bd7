package dustwarden.core.judge;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Gate;
import dustwarden.core.model.Site;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The vehicle gates of a site and the devices that watch them.
 *
 * <p>A gate device that names no gate watches the site's only one, or else a gate of its own name. A camera watches a
 * gate only where it names one.
 */
final class Gates {
    /** A gate and who watches it; {@code listed} is empty for one that only devices name. */
    record Watched(String id, Optional<Gate> listed, List<Device> devices) {
        boolean openOn(LocalDate date) {
            return listed.isEmpty() || listed.get().period().contains(date);
        }

        boolean wheelCamera() {
            return listed.map(Gate::wheelCamera).orElse(false);
        }
    }

    private final Map<String, Watched> gates = new TreeMap<>();
    private final Map<String, String> ofDevice = new TreeMap<>();

    Gates(Site site) {
        for (Gate gate : site.gates()) {
            gates.put(gate.id(), new Watched(gate.id(), Optional.of(gate), new ArrayList<>()));
        }
        for (Device device : site.devices()) {
            boolean own = device.kind() == DeviceKind.GATE;
            if (own || device.gate().isPresent()) {
                String only = site.gates().size() == 1 ? site.gates().get(0).id() : device.id();
                String gate = device.gate().orElse(only);
                ofDevice.put(device.id(), gate);
                gates.computeIfAbsent(gate, g -> new Watched(g, Optional.empty(), new ArrayList<>()))
                        .devices()
                        .add(device);
            } else if (device.kind() == DeviceKind.CAMERA && site.gates().size() == 1) {
                ofDevice.put(device.id(), site.gates().get(0).id());
            }
        }
    }

    /** The gate of a passage. */
    String of(PassageFact fact) {
        return ofDevice.getOrDefault(fact.passage().device(), fact.gate());
    }

    Collection<Watched> all() {
        return gates.values();
    }

    /** Those in use on a date. */
    List<Watched> on(LocalDate date) {
        List<Watched> open = new ArrayList<>(gates.size());
        for (Watched gate : gates.values()) {
            if (gate.openOn(date)) {
                open.add(gate);
            }
        }
        return open;
    }
}
