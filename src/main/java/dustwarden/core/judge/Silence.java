package dustwarden.core.judge;

import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** How long a device has said nothing, and what that means. */
public final class Silence {
    private Silence() {}

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
}
