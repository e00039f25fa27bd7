package dustwarden.core;

import dustwarden.core.judge.DeviceFacts;
import dustwarden.core.judge.Silence;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Tells which devices that should report have been silent for too long, from the register and not from what came. */
final class SilenceWatch {
    /**
     * How a device stands.
     *
     * @param nextAt when time alone changes it
     */
    record Found(Subject subject, long nextAt) {}

    private SilenceWatch() {}

    /** How all devices of a site stand, and when time alone changes that. */
    record Round(List<Subject> subjects, long nextAt) {}

    static Round round(SiteFacts facts, List<Device> devices, long now) {
        long next = Long.MAX_VALUE;
        List<Subject> subjects = new ArrayList<>(devices.size());
        for (Device device : devices) {
            Found one = look(facts, device, now);
            subjects.add(one.subject());
            next = Math.min(next, one.nextAt());
        }
        return new Round(subjects, next);
    }

    /** Silence counts from the latest of last report, registration and our own last start or link-up. */
    static Found look(SiteFacts facts, Device device, long now) {
        DeviceFacts heard = facts.device(device.id());
        if (heard.heardAt(now)) {
            return found(facts, device, Standing.IN_ORDER, heard.heardUntil(now), now);
        }
        if (!facts.watching()) {
            return found(facts, device, Standing.UNCLEAR, Long.MAX_VALUE, now);
        }
        if (Silence.filed(facts, device.id(), now)) {
            return found(facts, device, Standing.UNCLEAR, now + device.validityMs(), now);
        }
        if (heard.offlineSince().isPresent()) {
            return found(facts, device, Standing.BROKEN, Long.MAX_VALUE, now);
        }
        long since = Math.max(heard.lastHeard().orElse(Long.MIN_VALUE), Math.max(facts.countsFrom(), facts.watchingSince()));
        long due = since + device.validityMs();
        return due <= now
                ? found(facts, device, Standing.BROKEN, Long.MAX_VALUE, now)
                : found(facts, device, Standing.UNCLEAR, due, now);
    }

    private static Found found(SiteFacts facts, Device device, Standing standing, long nextAt, long now) {
        return new Found(
                new Subject(device.id(), standing, 0, OptionalDouble.empty(), OptionalDouble.empty(),
                        standing == Standing.IN_ORDER ? List.of() : List.of(Silence.why(facts, device, now))),
                nextAt);
    }
}
