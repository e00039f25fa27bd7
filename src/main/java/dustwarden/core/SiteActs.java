package dustwarden.core;

import dustwarden.core.alarm.AlarmBook.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Does what people do: finds the site that an act concerns, and refuses with a named reason what may not be done. */
final class SiteActs {
    private final Map<String, SiteMonitor> sites;

    /** @param sites by their ids; read at each act */
    SiteActs(Map<String, SiteMonitor> sites) {
        this.sites = sites;
    }

    /**
     * Does one act.
     *
     * @param evaluate judges a site that an act was done to
     */
    void take(Entry.Act entry, long now, long offset, Consumer<Decision> out, Consumer<SiteMonitor> evaluate) {
        ActReader.Act act = ActReader.read(entry.json());
        if (act instanceof ActReader.Act.Wrong wrong) {
            refuse(Optional.empty(), Optional.empty(), wrong.reason(), wrong.detail(), now, offset, out);
        } else if (act instanceof ActReader.Act.OnAlarm on) {
            onAlarm(on.act(), now, offset, out, evaluate);
        } else if (act instanceof ActReader.Act.Filed filed) {
            file(filed, now, offset, out, evaluate);
        }
    }

    private void onAlarm(AlarmAct act, long now, long offset, Consumer<Decision> out, Consumer<SiteMonitor> evaluate) {
        Outcome last = new Outcome.Refused("unknown-alarm", "no open alarm has the id " + act.alarm());
        for (SiteMonitor monitor : sites.values()) {
            monitor.enter(now, offset, out);
            Outcome outcome = monitor.act(act);
            if (outcome instanceof Outcome.Refused refused && refused.reason().equals("unknown-alarm")) {
                continue;
            }
            last = outcome;
            evaluate.accept(monitor);
            break;
        }
        if (last instanceof Outcome.Refused refused) {
            refuse(Optional.empty(), Optional.empty(), refused.reason(), refused.detail(), now, offset, out);
        }
    }

    private void file(ActReader.Act.Filed filed, long now, long offset, Consumer<Decision> out, Consumer<SiteMonitor> evaluate) {
        String device = filed.outage().device();
        for (SiteMonitor monitor : sites.values()) {
            boolean named = filed.site().map(s -> s.equals(monitor.site().id())).orElse(true);
            if (named && monitor.site().device(device).isPresent()) {
                monitor.enter(now, offset, out);
                monitor.file(filed.outage());
                evaluate.accept(monitor);
                return;
            }
        }
        refuse(filed.site(), Optional.of(device), "unknown-device", "no site has the device " + device, now, offset, out);
    }

    private static void refuse(Optional<String> site, Optional<String> device, String reason, String detail, long now, long offset,
            Consumer<Decision> out) {
        out.accept(new Decision.Rejection(now, offset, site, device, OptionalInt.empty(), reason, detail));
    }
}
