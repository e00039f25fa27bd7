package dustwarden.core.decode;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Site;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who sent a payload, as far as it bears on how it is read.
 *
 * @param kind empty outside a register, where every stream is read
 * @param register the sender's site; empty outside a register, where every unit is one
 * @param received epoch ms; empty outside a journal, where no time is too far off
 */
record OwnSender(String site, String device, Optional<DeviceKind> kind, Optional<Site> register, OptionalLong received) {
    static final long AHEAD_MAX_MS = 24 * 3_600_000L;
    static final long BEHIND_MAX_MS = 30 * 24 * 3_600_000L;

    static OwnSender of(Site site, Device device, long received) {
        return new OwnSender(
                site.id(), device.id(), Optional.of(device.kind()), Optional.of(site), OptionalLong.of(received));
    }

    boolean hasUnit(String unit) {
        if (register.isEmpty()) {
            return true;
        }
        for (var each : register.get().units()) {
            if (each.id().equals(unit)) {
                return true;
            }
        }
        return false;
    }

    /** Notes a time that is too far from the time of receipt. */
    void checkTime(long ts, Trouble trouble) {
        if (received.isPresent()) {
            checkTime(ts, received.getAsLong(), trouble);
        }
    }

    /** More than 24 h ahead or 30 days behind is refused; exactly that much is not. */
    static void checkTime(long ts, long received, Trouble trouble) {
        if (ts > received + AHEAD_MAX_MS) {
            trouble.add(Refusal.TIME_FUTURE, "the measured time is more than 24 h ahead of the time of receipt");
        } else if (ts < received - BEHIND_MAX_MS) {
            trouble.add(Refusal.TIME_ANCIENT, "the measured time is more than 30 days behind the time of receipt");
        }
    }
}
