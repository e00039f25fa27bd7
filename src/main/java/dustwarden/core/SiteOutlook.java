package dustwarden.core;

import dustwarden.core.judge.DeviceFacts;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;

/**
 * What a region's alarms need to know of one site.
 *
 * @param live some device of it was ever heard
 * @param darkSince when the last of its devices fell silent, epoch ms; {@code Long.MAX_VALUE} while one is heard
 * @param dustySince when the newest of its particulates alarms that stand was raised; {@code Long.MAX_VALUE} where none stands
 */
record SiteOutlook(boolean live, long darkSince, long dustySince) {
    static final SiteOutlook NOTHING = new SiteOutlook(false, Long.MAX_VALUE, Long.MAX_VALUE);

    /** What was never heard did not fall silent; what we could not hear says nothing. */
    static SiteOutlook of(SiteState state, Site site, long now) {
        boolean live = false;
        long darkSince = Long.MIN_VALUE;
        for (Device device : site.devices()) {
            DeviceFacts heard = state.facts.device(device.id());
            if (heard.lastHeard().isEmpty()) {
                continue;
            }
            live = true;
            if (heard.heardAt(now)) {
                darkSince = Long.MAX_VALUE;
                break;
            }
            long until = heard.offlineSince().orElse(heard.lastHeard().getAsLong() + device.validityMs());
            darkSince = Math.max(darkSince, until);
        }
        boolean dark = live && state.facts.watching();
        return new SiteOutlook(live, dark ? darkSince : Long.MAX_VALUE, state.alarms.newestUp("particulates"));
    }

    boolean dark() {
        return darkSince != Long.MAX_VALUE;
    }

    boolean dusty() {
        return dustySince != Long.MAX_VALUE;
    }
}
