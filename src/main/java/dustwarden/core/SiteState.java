package dustwarden.core;

import dustwarden.core.alarm.AlarmBook;
import dustwarden.core.honesty.SiteDoubts;
import dustwarden.core.alarm.Waivers;
import dustwarden.core.judge.SiteFacts;
import java.util.TreeMap;

/**
 * All that the core remembers of one site; stored as it is and read again at a restart.
 *
 * <p>Configuration is not part of it: it is bound again from the content in force.
 */
public final class SiteState {
    final SiteFacts facts;
    final AlarmBook alarms;
    final TreeMap<String, RuleMonitor> rules = new TreeMap<>();
    final TreeMap<String, ItemMonitor> items = new TreeMap<>();
    final TreeMap<String, DeviceState> devices = new TreeMap<>();
    final Waivers waivers = new Waivers();
    final MeanClock means = new MeanClock();
    final SiteDoubts doubts = new SiteDoubts();
    long day = Long.MIN_VALUE;
    long silenceAt = Long.MAX_VALUE;
    /** Nothing of it is heard, as far as we watched. */
    boolean dark;
    /** When an incomplete group of sub-packets is due, epoch ms. */
    long partsAt = Long.MAX_VALUE;
    long settledAt = Long.MIN_VALUE;
    /** When alarms or waivers call for something, epoch ms. */
    long alarmsAt = Long.MIN_VALUE;
    /** When it was last judged: what was due by then is done, what falls due at that very instant elsewhere is not. */
    long lookedAt = Long.MIN_VALUE;

    private transient boolean touched;

    SiteState(SiteFacts facts, AlarmBook alarms) {
        this.facts = facts;
        this.alarms = alarms;
    }

    DeviceState memory(String device) {
        return devices.computeIfAbsent(device, k -> new DeviceState());
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private SiteState() {
        this(null, null);
    }

    /** Marks it as changed since it was last stored, or not; answers whether that is news. */
    boolean touch(boolean changedSince) {
        boolean news = touched != changedSince;
        touched = changedSince;
        return news;
    }
}
