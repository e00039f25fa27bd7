package dustwarden.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures what this machine can carry, one thing after the other; every figure is a line as soon as it is known.
 *
 * @param seconds the unit of time: a load is measured for so long, the hold for twice as long, all else for less
 * @param broker whether to measure what goes through a broker too
 * @param demoMinutes after which the demo's memory is read; 0: not at all
 * @param out told figures, and what is not measured
 * @param progress told what is being done
 */
public record Bench(
        double seconds, int sites, boolean broker, double demoMinutes, Consumer<String> out, Consumer<String> progress) {
    private static final int MANY = 10;

    /** Measures, in a directory that is removed afterwards; the figures by name. */
    public JsonNode run() throws IOException, InterruptedException {
        machine();
        Figures figures = new Figures(out);
        Path directory = Files.createTempDirectory("dustwarden-bench");
        try {
            progress.accept("writing " + sites + " sites");
            Contents contents = BenchSites.write(directory.resolve("sites"), sites);
            long start = System.currentTimeMillis() - 2 * 86_400_000L;
            progress.accept("decoding");
            DecodeBench.run(contents.sites().get(0), seconds * 0.1, figures);
            core(contents, start, figures);
            progress.accept("the ledger alone");
            new LedgerBench(contents, start).run(directory.resolve("ledger"), seconds * 0.1, figures);
            if (broker) {
                System.gc();
                new BrokerBench(directory, seconds, sites, out, progress).run(figures);
                new StartBench(directory, demoMinutes, out, progress).run(figures);
            } else {
                out.accept("not measured: intake through a broker, the ceiling, the way to an alarm, the start, the demo");
            }
        } finally {
            remove(directory);
        }
        return figures.json();
    }

    /** At the sites that were asked for, then at ten times as many, which should cost no more each. */
    private void core(Contents contents, long start, Figures figures) {
        progress.accept("the core alone, " + sites + " sites, warmed for as long as measured");
        CoreBench.Cost few = new CoreBench(BenchSites.like(contents, sites), start).run(seconds * 0.2);
        figures.add("core_observations_per_second", 1e6 / few.micros(), "1/s");
        figures.add("core_observation", few.micros(), "us");
        figures.add("core_decisions_per_observation", few.decisions(), "1");
        figures.add("core_site_heap", few.siteKib(), "KiB");
        progress.accept("the core alone, " + MANY * sites + " sites");
        CoreBench.Cost many = new CoreBench(BenchSites.like(contents, MANY * sites), start).run(seconds * 0.2);
        figures.add("core_observation_at_" + MANY * sites + "_sites", many.micros(), "us");
        figures.add("core_site_heap_at_" + MANY * sites + "_sites", many.siteKib(), "KiB");
        figures.add("core_cost_ratio_at_" + MANY * sites + "_sites", many.micros() / few.micros(), "1");
    }

    private void machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        out.accept(String.format(
                Locale.ROOT, "machine: %d processors, %s %s, load %.2f before; Java %s (%s)", system.getAvailableProcessors(),
                system.getName(), system.getArch(), system.getSystemLoadAverage(), System.getProperty("java.version"),
                System.getProperty("java.vm.name")));
        out.accept("core and decoding: processor time of one thread; the rest: time of the wall");
        out.accept("loader, broker and subscriber share the processors");
        out.accept("not measured: InfluxDB, notices over the network, TLS, more than one machine");
    }

    /** How many notices people get a day in a city of so many sites, without measuring anything else. */
    public JsonNode city() throws IOException {
        Figures figures = new Figures(out);
        Path directory = Files.createTempDirectory("dustwarden-bench");
        try {
            new CityBench(directory, sites, progress).run(figures, out);
        } finally {
            remove(directory);
        }
        return figures.json();
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
