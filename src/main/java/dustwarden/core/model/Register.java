package dustwarden.core.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All sites that should report, by id. */
public final class Register {
    private final Map<String, Site> sites = new TreeMap<>();
    private final Map<String, DeviceKey> byMn = new LinkedHashMap<>();

    /** A device of a site. */
    public record DeviceKey(String site, String device) {}

    /** @throws IllegalArgumentException when two sites share an id, or two devices an MN */
    public Register(Collection<Site> all) {
        for (Site site : all) {
            if (sites.put(site.id(), site) != null) {
                throw new IllegalArgumentException("two sites are called " + site.id());
            }
        }
        for (Site site : sites.values()) {
            for (Device device : site.devices()) {
                device.hj212().ifPresent(h -> {
                    if (byMn.put(h.mn(), new DeviceKey(site.id(), device.id())) != null) {
                        throw new IllegalArgumentException("two devices have the MN " + h.mn());
                    }
                });
            }
        }
    }

    /** The sites in order of their ids. */
    public Collection<Site> sites() {
        return sites.values();
    }

    public Optional<Site> site(String id) {
        return Optional.ofNullable(sites.get(id));
    }

    /** The device that an HJ 212 MN names. */
    public Optional<DeviceKey> byMn(String mn) {
        return Optional.ofNullable(byMn.get(mn));
    }
}
