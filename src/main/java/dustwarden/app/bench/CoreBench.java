package dustwarden.app.bench;

import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The core alone on one thread: what it judges a second, what one observation costs, what a site holds. */
final class CoreBench {
    /** One observation's cost, and the heap that a site's state takes. */
    record Cost(double micros, double decisions, double siteKib) {}

    private final long before = heap();
    private final Core core;
    private final int sites;
    private final long start;
    private long offset;
    private long minute;
    private long judged;
    private long decisions;

    CoreBench(BenchSites.Content content, long start) {
        this.core = new Core(new ContentReader(content.byHash()::get));
        this.sites = content.sites();
        this.start = start;
        core.prepare(content.refs(), start);
    }

    /** As long as it is measured it is warmed before. */
    Cost run(double seconds) {
        judge(seconds);
        decisions = 0;
        judged = 0;
        long tookNs = judge(seconds);
        // Read after the last step, so that all states are still held.
        double siteKib = (heap() - before) / 1024.0 / sites;
        if (core.states().size() < sites) {
            throw new IllegalStateException("the core lost sites");
        }
        return new Cost(tookNs / 1e3 / judged, decisions / (double) judged, siteKib);
    }

    /** At least one minute of all sites' reports; answers the time that it took. */
    private long judge(double seconds) {
        long tookNs = 0;
        do {
            List<Entry> entries = entries(minute++);
            long begin = ThreadTime.nanos();
            step(entries);
            tookNs += ThreadTime.nanos() - begin;
            judged += entries.size();
        } while (tookNs < seconds * 1e9);
        return tookNs;
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
