package dustwarden.core;

import dustwarden.core.judge.SiteFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Some other sites of a region, the nearest by id, so that a large region costs no more than a small one. */
final class Neighbours {
    private static final int MOST = 20;

    private Neighbours() {}

    /** @param all sites of the region in the order of their ids */
    static List<SiteFacts> of(List<SiteMonitor> all, SiteMonitor of) {
        int own = Collections.binarySearch(all, of, Comparator.comparing((SiteMonitor m) -> m.site().id()));
        int from = Math.max(0, Math.min(own - MOST / 2, all.size() - MOST - 1));
        List<SiteFacts> found = new ArrayList<>();
        for (SiteMonitor other : all.subList(from, Math.min(all.size(), from + MOST + 1))) {
            if (other != of) {
                found.add(other.state().facts);
            }
        }
        return found;
    }
}
