package dustwarden.app.bench;

import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Entry;
import dustwarden.settings.Contents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The core alone on one thread: what it judges a second, what one observation costs, what a site holds. */
final class CoreBench {
    private static final int WARM_MINUTES = 12;

    private final long before = heap();
    private final Core core;
    private final int sites;
    private final long start;
    private long offset;
    private long minute;
    private long decisions;

    CoreBench(Contents contents, long start) {
        Map<String, String> byHash = contents.byHash();
        this.core = new Core(new ContentReader(byHash::get));
        this.sites = contents.sites().size();
        this.start = start;
        core.prepare(contents.refs(), start);
    }

    void run(double seconds, Figures figures) {
        for (int i = 0; i < WARM_MINUTES; i++) {
            step(entries(minute++));
        }
        long judged = 0;
        long tookNs = 0;
        decisions = 0;
        while (tookNs < seconds * 1e9) {
            List<Entry> entries = entries(minute++);
            long begin = ThreadTime.nanos();
            step(entries);
            tookNs += ThreadTime.nanos() - begin;
            judged += entries.size();
        }
        figures.add("core_observations_per_second", judged * 1e9 / tookNs, "1/s");
        figures.add("core_observation", tookNs / 1e3 / judged, "us");
        figures.add("core_decisions_per_observation", decisions / (double) judged, "1");
        // Read after the last step, so that all states are still held.
        figures.add("core_site_heap", (heap() - before) / 1024.0 / sites, "KiB");
        if (core.states().size() < sites) {
            throw new IllegalStateException("the core lost sites");
        }
    }

    private void step(List<Entry> entries) {
        for (Entry entry : entries) {
            decisions += core.step(offset++, entry).size();
        }
    }

    private List<Entry> entries(long at) {
        List<Entry> entries = new ArrayList<>(sites * 5);
        for (int n = 0; n < sites; n++) {
            long ts = start + at * 60_000 + n * 60_000L / sites;
            for (BenchSites.Report report : BenchSites.minute(ts, at, n)) {
                entries.add(new Entry.Message(
                        ts, Entry.Source.MQTT, "dust/v1/" + BenchSites.id(n) + "/" + report.tail(),
                        report.payload().getBytes(StandardCharsets.UTF_8), false, Optional.empty()));
            }
        }
        return entries;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
