package dustwarden.core;

import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.alarm.Terms;
import dustwarden.core.judge.DeviceFacts;
import dustwarden.core.judge.FactKind;
import dustwarden.core.judge.Silence;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/** Tells which devices that should report have been silent for too long, from the register and not from what came. */
final class SilenceWatch {
    /**
     * How a device stands.
     *
     * @param nextAt when time alone changes it
     */
    record Found(Subject subject, long nextAt) {}

    private SilenceWatch() {}

    /** Whether the site has to be looked at again, since a device was heard or fell silent or time alone calls for it. */
    static boolean isDue(SiteState state, Set<FactKind> changed, long now) {
        return state.dark || state.silenceAt <= now || changed.contains(FactKind.HEARD) || changed.contains(FactKind.WATCH);
    }

    /** Tells the alarms how the site stands as a whole and how each of its devices does. */
    static void round(SiteState state, Site site, int devicesMin, long now, long offset, Consumer<AlarmEvent> alarms) {
        List<Subject> subjects = new ArrayList<>(site.devices().size());
        SiteSilence.Found whole = SiteSilence.look(state.facts, site, devicesMin, now);
        state.dark = whole.subject().standing() == Standing.BROKEN;
        state.silenceAt = whole.nextAt();
        for (Device device : site.devices()) {
            Found one = look(state.facts, device, now);
            subjects.add(one.subject());
            state.silenceAt = Math.min(state.silenceAt, one.nextAt());
        }
        state.alarms.update(Terms.SITE_SILENT, List.of(whole.subject()), now, offset, alarms);
        state.alarms.update(Terms.DEVICE_SILENT, subjects, now, offset, alarms);
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
