package dustwarden.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which states changed since they were last stored; a site is asked at every report and so marks itself. */
final class Touched {
    private final List<SiteMonitor> sites = new ArrayList<>();
    private final Set<String> regions = new TreeSet<>();
    private boolean any;

    void add(SiteMonitor monitor) {
        if (monitor.state().touch(true)) {
            sites.add(monitor);
        }
    }

    void add(String node) {
        regions.add(node);
    }

    /** What concerns all sites together changed. */
    void all() {
        any = true;
    }

    boolean isEmpty() {
        return !any && sites.isEmpty() && regions.isEmpty();
    }

    List<SiteMonitor> sites() {
        return sites;
    }

    Set<String> regions() {
        return regions;
    }

    void clear() {
        sites.forEach(monitor -> monitor.state().touch(false));
        sites.clear();
        regions.clear();
        any = false;
    }
}
