package dustwarden.core.judge;

import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** How long a device has said nothing, and what that means. */
public final class Silence {
    private Silence() {}

    /**
     * How long the device has been silent, ms: from its last report or the site's registration, without the time in
     * which we ourselves were away.
     */
    public static long lasted(SiteFacts facts, String device, long now) {
        long since = Math.max(facts.device(device).lastHeard().orElse(Long.MIN_VALUE), facts.countsFrom());
        return now - since - facts.absences(now).covered(since, now);
    }

    /** Whether an unfiled silence in a phase with works has lasted longer than {@code afterMs}. */
    public static boolean notKept(SiteFacts facts, String device, long afterMs, long now) {
        return !facts.device(device).heardAt(now)
                && lasted(facts, device, now) > afterMs
                && working(facts.site(), now)
                && !filed(facts, device, now);
    }

    /** When {@link #notKept} may become true if nothing is heard; {@code Long.MAX_VALUE} when it is already. */
    public static long notKeptAt(SiteFacts facts, String device, long afterMs, long now) {
        long left = afterMs - lasted(facts, device, now);
        return left < 0 ? Long.MAX_VALUE : now + left + 1;
    }

    /** Whether an outage of the device is filed for this moment. */
    public static boolean filed(SiteFacts facts, String device, long now) {
        return facts.outages(device).stream().anyMatch(o -> o.from() <= now && now < o.to());
    }

    /** Why nothing is known of a device that is not heard. */
    public static Reason why(SiteFacts facts, Device device, long now) {
        DeviceFacts heard = facts.device(device.id());
        if (filed(facts, device.id(), now)) {
            return Reason.of("outage-filed", "device", device.id());
        }
        if (!facts.watching() || now - facts.watchingSince() < device.validityMs() && facts.watchingSince() > facts.countsFrom()) {
            return Reason.of("not-watching", "device", device.id());
        }
        if (heard.offlineSince().isPresent()) {
            return Reason.of("offline", "device", device.id(), "since", iso(facts.site(), heard.offlineSince().getAsLong()));
        }
        if (heard.lastHeard().isEmpty()) {
            return Reason.of("never-heard", "device", device.id());
        }
        return Reason.of("silent", "device", device.id(), "since", iso(facts.site(), heard.lastHeard().getAsLong()));
    }

    /** An instant in the site's offset, ISO 8601 to the second. */
    public static String iso(Site site, long at) {
        return Instant.ofEpochMilli(at / 1000 * 1000).atZone(site.zone()).toOffsetDateTime()
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static boolean working(Site site, long now) {
        return site.worksOn(site.localDate(now)).map(works -> !works.isEmpty()).orElse(true);
    }
}
