package dustwarden.core;

import dustwarden.core.judge.DeviceFacts;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Silence;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Tells a site that fell silent as a whole, as when its gateway is down, from devices that fail one by one.
 *
 * <p>It is dark when nothing was heard since an instant after which two devices at least fell silent and half of those that
 * were ever heard owe a report. It is not any more when one is heard; filing outages or our own absence shows nothing.
 */
final class SiteSilence {
    /** The subject of its alarm: there is one a site. */
    static final String SUBJECT = "site";

    private static final int TOGETHER_MIN = 2;
    /** What is late by less owes nothing yet. */
    private static final long LATE_MS = 60_000;

    private final SiteFacts facts;
    private final long now;
    private long heardLast = Long.MIN_VALUE;
    private int live;
    private int fell;
    private int fellUnfiled;
    private int owing;
    private boolean anyHeard;
    private long nextAt = Long.MAX_VALUE;

    /**
     * How a site stands.
     *
     * @param nextAt when time alone changes it, epoch ms
     */
    record Found(Subject subject, long nextAt) {}

    private SiteSilence(SiteFacts facts, long now) {
        this.facts = facts;
        this.now = now;
    }

    /** @param devicesMin of fewer devices that were ever heard each is told of by itself */
    static Found look(SiteFacts facts, Site site, int devicesMin, long now) {
        SiteSilence silence = new SiteSilence(facts, now);
        if (facts.watching()) {
            site.devices().forEach(device -> silence.heardLast =
                    Math.max(silence.heardLast, facts.device(device.id()).lastHeard().orElse(Long.MIN_VALUE)));
            site.devices().forEach(silence::count);
        }
        return silence.found(site, devicesMin);
    }

    /** Nothing was heard since, as far as we watched. */
    private long since() {
        return Math.max(heardLast, facts.watchingSince());
    }

    private void count(Device device) {
        DeviceFacts heard = facts.device(device.id());
        if (heard.lastHeard().isEmpty()) {
            return;
        }
        live++;
        long owes = since() + device.everyMs() + LATE_MS;
        if (heard.heardAt(now)) {
            anyHeard = true;
            owing += owes <= now ? 1 : 0;
            nextAt = owes > now ? Math.min(nextAt, owes) : nextAt;
            return;
        }
        boolean gone = heard.offlineSince().isPresent();
        long spoke = Math.max(gone ? heard.offlineSince().getAsLong() : heard.lastHeard().getAsLong(), facts.watchingSince());
        long until = gone ? spoke : spoke + device.validityMs();
        owing++;
        if (until <= now && until >= since()) {
            fell++;
            fellUnfiled += Silence.filed(facts, device.id(), now) ? 0 : 1;
        }
    }

    private Found found(Site site, int devicesMin) {
        boolean dark = live >= devicesMin && fellUnfiled >= TOGETHER_MIN && owing * 2 >= live;
        boolean speaks = anyHeard && fell == 0 && heardLast >= facts.watchingSince();
        Standing standing = dark ? Standing.BROKEN : speaks ? Standing.IN_ORDER : Standing.UNCLEAR;
        List<Reason> reasons = dark
                ? List.of(Reason.of("site-silent", "of", (long) live, "since", Silence.iso(site, since())))
                : List.of();
        Subject subject = new Subject(SUBJECT, standing, 0, OptionalDouble.empty(), OptionalDouble.empty(), reasons);
        // That devices fall silent is awaited elsewhere; here only that others owe a report too.
        return new Found(subject, dark || fellUnfiled < TOGETHER_MIN || live < devicesMin ? Long.MAX_VALUE : nextAt);
    }
}
