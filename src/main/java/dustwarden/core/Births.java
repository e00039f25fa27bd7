package dustwarden.core;

import dustwarden.core.decode.Aliases;
import dustwarden.core.model.Register.DeviceKey;
import java.util.List;
import java.util.function.Function;

/** Reads messages of makers, in order, with the names that earlier births of the same device gave. */
public final class Births {
    private final Function<DeviceKey, Aliases> memory;

    /** @param memory what is kept of a registered device, made where there is none yet */
    public Births(Function<DeviceKey, Aliases> memory) {
        this.memory = memory;
    }

    /** Keeps what a birth certificate names. */
    public void hear(Makers makers, Entry.Message message) {
        // A certificate is never retained; what is may be of any age and name otherwise than the device does now.
        if (Aliases.isBirth(message.topic()) && !message.retained() && message.oversize().isEmpty()) {
            makers.hearers(message.topic()).forEach(key -> memory.apply(key).take(message.topic(), message.payload()));
        }
    }

    /** What a message becomes, as {@link Makers#read(Entry.Message, long)}. */
    public List<Makers.Answer> read(Makers makers, Entry.Message message, long received) {
        return makers.read(message, received,
                (site, device) -> memory.apply(new DeviceKey(site.id(), device.id())).of(message.topic()));
    }

    /** Whether a message has metrics by aliases alone that no birth heard here has named. */
    public boolean isShort(Makers makers, Entry.Message message) {
        return message.oversize().isEmpty() && makers.hearers(message.topic()).stream()
                .anyMatch(key -> memory.apply(key).lacks(message.topic(), message.payload()));
    }
}
