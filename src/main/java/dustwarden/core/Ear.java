package dustwarden.core;

import dustwarden.core.judge.DeviceFacts;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import java.util.Optional;

/** One device of a site with all that is kept of it, found once and not at each report; bound anew with the register. */
final class Ear {
    private final Optional<Site> ofSite;
    private final Optional<Device> ofDevice;
    private final Device device;
    private final DeviceFacts facts;
    private final SiteState state;
    /** Null until it is first asked for: a device that only ever says that it is online has none. */
    private DeviceState memory;

    Ear(Site site, Device device, SiteState state) {
        this.ofSite = Optional.of(site);
        this.ofDevice = Optional.of(device);
        this.device = device;
        this.facts = state.facts.device(device.id());
        this.state = state;
    }

    Device device() {
        return device;
    }

    DeviceFacts facts() {
        return facts;
    }

    /** What it said, as views are told of it. */
    Taken taken(Observation observation) {
        return new Taken(observation, ofSite, ofDevice);
    }

    DeviceState memory() {
        if (memory == null) {
            memory = state.memory(device.id());
        }
        return memory;
    }
}
