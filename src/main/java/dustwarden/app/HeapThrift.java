package dustwarden.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the collector of an idle process give memory back, which it does by default only under load: a machine of 24 GiB
 * otherwise keeps what the busiest minute took.
 */
final class HeapThrift {
    private static final Logger LOG = LoggerFactory.getLogger(HeapThrift.class);

    /** A collection after half a minute without one, and at most 30 % of the heap free after it. */
    private static final List<Map.Entry<String, String>> OPTIONS = List.of(
            Map.entry("G1PeriodicGCInterval", "30000"),
            Map.entry("MinHeapFreeRatio", "10"),
            Map.entry("MaxHeapFreeRatio", "30"));

    private HeapThrift() {}

    static void begin() {
        HotSpotDiagnosticMXBean java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            OPTIONS.forEach(option -> java.setVMOption(option.getKey(), option.getValue()));
        } catch (IllegalArgumentException | UnsupportedOperationException | NullPointerException e) {
            LOG.debug("this Java's collector has no such options", e);
        }
    }
}
