package dustwarden.core;

import dustwarden.core.honesty.CopiesAcross;
import dustwarden.core.honesty.CopiesAcross.Copy;
import dustwarden.core.model.Device;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells of monitors that say what a monitor of another site says: a doubt about the one that says it later, and a finding
 * at the other one. Neither names the other site.
 */
final class CopiesDesk {
    static final String COPIED_ELSEWHERE = "copied-elsewhere";

    private final Map<String, SiteMonitor> sites;
    private final CopiesAcross across = new CopiesAcross();
    private final Set<SiteMonitor> waiting = new LinkedHashSet<>();

    /** @param sites by id, read at each look */
    CopiesDesk(Map<String, SiteMonitor> sites) {
        this.sites = sites;
    }

    /** The sites are others now, or were read again. */
    void bind() {
        across.clear();
        sites.forEach((id, monitor) -> across.known(id, monitor.state().doubts));
    }

    void judged(SiteMonitor monitor) {
        if (monitor.state().doubts.hasFreshPrints()) {
            waiting.add(monitor);
        }
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Compares what is new; answers the sites whose doubts it touched. */
    List<SiteMonitor> settle(long now, long offset, Consumer<Decision> out) {
        List<SiteMonitor> touched = new ArrayList<>(0);
        for (SiteMonitor monitor : waiting) {
            List<Copy> copies = across.look(monitor.site().id(), monitor.state().doubts,
                    site -> Optional.ofNullable(sites.get(site)).map(m -> m.state().doubts));
            for (Copy copy : copies) {
                Optional<Device> device = monitor.site().device(copy.device());
                if (device.isPresent()) {
                    tell(monitor, device.get(), copy, now, offset, out);
                    touched.add(monitor);
                }
            }
        }
        waiting.clear();
        return touched;
    }

    private void tell(SiteMonitor monitor, Device device, Copy copy, long now, long offset, Consumer<Decision> out) {
        monitor.state().doubts.copiedAcross(device, copy, doubt -> {
            out.accept(new Decision.Finding(now, offset, copy.site(), copy.device(), doubt.kind().wire(), doubt.numbers()));
            SortedMap<String, Object> numbers = new TreeMap<>(doubt.numbers());
            out.accept(new Decision.Finding(now, offset, copy.otherSite(), copy.other(), COPIED_ELSEWHERE, numbers));
        });
    }
}
