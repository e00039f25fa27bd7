package dustwarden.core;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import java.util.function.BiConsumer;

/** Sub-packets of a site's devices: puts them together and lets go what waited too long for the others. */
final class PartsWatch {
    private PartsWatch() {}

    /** What comes out is what is known of one moment. */
    static Decoded join(SiteState state, Device device, Hj212Frame frame, Decoded decoded, long now) {
        DeviceState memory = state.memory(device.id());
        Decoded whole = memory.parts.take(frame, decoded, now);
        state.partsAt = Math.min(state.partsAt, memory.parts.nextAt());
        return whole;
    }

    /** Hands over what is due, as far as it is known; a repetition among it changes nothing and is no entry's fault. */
    static void overdue(SiteState state, Site site, long now, BiConsumer<Observation, Device> to) {
        if (state.partsAt > now) {
            return;
        }
        state.partsAt = Long.MAX_VALUE;
        for (Device device : site.devices()) {
            DeviceState memory = state.devices.get(device.id());
            if (memory != null) {
                memory.parts.overdue(now).forEach(each -> to.accept(each, device));
                state.partsAt = Math.min(state.partsAt, memory.parts.nextAt());
            }
        }
    }
}
