package dustwarden.core;

import dustwarden.core.alarm.AlarmBook;
import dustwarden.core.alarm.Covers;
import dustwarden.core.alarm.Terms;
import dustwarden.core.alarm.Waivers;
import dustwarden.core.model.Site;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What keeps a site's alarms quiet: a granted waiver, the site's being closed, an alarm of the site or region that speaks for them. */
final class SiteCovers implements Covers {
    /** What of the plan keeps all of a closed site quiet. */
    static final String CLOSED = "site-closed";

    private final Waivers waivers;
    private final AlarmBook alarms;
    /** Which alarms an alarm of the region speaks for, by its id. */
    private final Map<String, Predicate<About>> parents = new TreeMap<>();
    private Site site;
    private Optional<String> whole = Optional.empty();

    SiteCovers(SiteState state, Site site) {
        this.waivers = state.waivers;
        this.alarms = state.alarms;
        this.site = site;
    }

    /** Whether the alarm of the whole site came or went since this was last asked. */
    boolean siteMoved() {
        Optional<String> before = whole;
        whole = alarms.up(Terms.SITE_SILENT.rule(), SiteSilence.SUBJECT);
        return !whole.equals(before);
    }

    void bind(Site itsSite) {
        site = itsSite;
        // Also after a start: it stood, or not, when the site was last judged.
        whole = alarms.up(Terms.SITE_SILENT.rule(), SiteSilence.SUBJECT);
    }

    /** From now on these alarms of the region speak for what they hold; answers whether that is news. */
    boolean speakFor(Map<String, Predicate<About>> regional) {
        boolean news = !parents.keySet().equals(regional.keySet());
        parents.clear();
        parents.putAll(regional);
        return news;
    }

    @Override
    public Optional<Cover> over(About about, long now) {
        Optional<Cover> waived = waivers.cover(about, now);
        if (waived.isPresent()) {
            return waived;
        }
        if (site.closedOn(site.localDate(now))) {
            return Optional.of(new Cover(CLOSED, false));
        }
        if (about.rule().equals(Terms.DEVICE_SILENT.rule())) {
            Optional<String> dark = alarms.up(Terms.SITE_SILENT.rule(), SiteSilence.SUBJECT);
            if (dark.isPresent()) {
                return Optional.of(new Cover(dark.get(), false));
            }
        }
        return parents.entrySet().stream()
                .filter(parent -> parent.getValue().test(about))
                .map(parent -> new Cover(parent.getKey(), false))
                .findFirst();
    }

    @Override
    public long nextChange(long now) {
        return waivers.nextChange(now);
    }
}
