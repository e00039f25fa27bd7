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
 * @param seconds for all measuring together, about; start and warm-up come on top
 * @param broker whether to measure what goes through a broker too
 * @param out told figures, and what is not measured
 * @param progress told what is being done
 */
public record Bench(double seconds, int sites, boolean broker, Consumer<String> out, Consumer<String> progress) {
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
            progress.accept("the core alone");
            new CoreBench(contents, start).run(seconds * 0.2, figures);
            progress.accept("the ledger alone");
            new LedgerBench(contents, start).run(directory.resolve("ledger"), seconds * 0.1, figures);
            if (broker) {
                System.gc();
                new BrokerBench(directory, seconds * 0.6, sites, out, progress).run(figures);
            } else {
                out.accept("not measured: intake through a broker, the ceiling, the way to an alarm, the start");
            }
        } finally {
            remove(directory);
        }
        return figures.json();
    }

    private void machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        out.accept(String.format(
                Locale.ROOT, "machine: %d processors, %s %s, load %.2f before; Java %s (%s)", system.getAvailableProcessors(),
                system.getName(), system.getArch(), system.getSystemLoadAverage(), System.getProperty("java.version"),
                System.getProperty("java.vm.name")));
        out.accept("core, decoding and replay: processor time of one thread; the rest: time of the wall");
        out.accept("loader, broker and subscriber share the processors");
        out.accept("not measured: InfluxDB, notices over the network, TLS, more than one machine");
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
