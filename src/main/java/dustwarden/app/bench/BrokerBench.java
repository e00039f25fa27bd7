package dustwarden.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Durable intake through a broker: the same rising load for a bare subscriber and for a whole {@code serve}, whose
 * processor time a message and time from an unwashed truck to its alarm are taken at two rates, warm, before; and whether
 * it holds a high rate for long.
 */
final class BrokerBench {
    private static final int[] RATES = {10_000, 15_000, 20_000, 30_000, 45_000, 60_000};
    private static final int[] MEASURED = {5_000, 10_000};
    private static final int HOLD = 20_000;
    private static final int WARM = 10_000;
    /** Of what is offered; below, the rate is no longer held. */
    private static final double HELD = 0.95;
    private static final double STEP_SECONDS_MIN = 3;
    private static final int PROBES_MAX = 300;
    private static final double PROBES_PER_SECOND = 20;

    /** What became of one load. */
    private record Step(int rate, double takenPerSecond, double offeredPerSecond, double microsPerMessage, Probes probes) {
        boolean isHeld() {
            return takenPerSecond >= HELD * rate;
        }
    }

    private record Probes(int told, int missing, double p50, double p99) {}

    private final Path directory;
    private final int sites;
    private final double seconds;
    private final double step;
    private final Consumer<String> out;
    private final Consumer<String> progress;
    private int probed;

    /** @param seconds for one load that is measured; the hold takes twice as long, a step of a ladder a fifth */
    BrokerBench(Path directory, double seconds, int sites, Consumer<String> out, Consumer<String> progress) {
        this.directory = directory;
        this.sites = sites;
        this.seconds = seconds;
        this.step = Math.max(STEP_SECONDS_MIN, seconds / 5);
        this.out = out;
        this.progress = progress;
    }

    void run(Figures figures) throws IOException, InterruptedException {
        try (Brokers broker = Brokers.start(directory)) {
            out.accept("broker: " + broker.name());
            double ceiling;
            try (Subject bare = Subject.Bare.start(directory, broker.port())) {
                warm(bare, "ceiling", broker.port());
                ceiling = ladder(bare, "ceiling", broker.port(), figures);
            }
            try (Subject.Node node = Subject.Node.start(directory, "serve", directory.resolve("sites"), broker.port())) {
                figures.add("start_to_ready_serve_" + sites + "_sites", node.readySeconds(), "s");
                warm(node, "intake", broker.port());
                for (int rate : MEASURED) {
                    measure(node, rate, broker.port(), figures);
                }
                hold(node, broker.port(), figures);
                double held = ladder(node, "intake", broker.port(), figures);
                figures.add("intake_share_of_ceiling", held / ceiling, "1");
                node.process().residentMib().ifPresent(mib -> figures.add("intake_resident_memory", mib, "MiB"));
            }
        }
    }

    private void warm(Subject subject, String name, int port) throws IOException, InterruptedException {
        progress.accept(name + ": warming");
        long before = subject.taken();
        load(subject, port, WARM, seconds, 0);
        out.accept(String.format(
                Locale.ROOT, "%s: warmed by %,d messages at %,d/s, which are not measured", name, subject.taken() - before, WARM));
    }

    private void measure(Subject.Node node, int rate, int port, Figures figures) throws IOException, InterruptedException {
        // Trucks leave in the second half of a load.
        int wanted = (int) Math.min(PROBES_MAX, seconds / 2 * PROBES_PER_SECOND);
        Step taken = load(node, port, rate, seconds, Math.max(0, Math.min(wanted, (sites - probed) / 4)));
        tell("intake", taken);
        figures.add("intake_cpu_at_" + rate, taken.microsPerMessage(), "us");
        told(rate, taken.probes(), figures);
    }

    private void hold(Subject.Node node, int port, Figures figures) throws IOException, InterruptedException {
        progress.accept("intake: " + HOLD + "/s for " + 2 * seconds + " s");
        Step taken = load(node, port, HOLD, 2 * seconds, 0);
        tell("intake", taken);
        figures.add("hold_" + HOLD + "_offered", taken.offeredPerSecond(), "1/s");
        figures.add("hold_" + HOLD + "_taken", taken.takenPerSecond(), "1/s");
        figures.add("hold_" + HOLD + "_cpu", taken.microsPerMessage(), "us");
        figures.add("hold_" + HOLD + "_series_lag", node.lag("series"), "entries");
        out.accept(HOLD + "/s for " + 2 * seconds + " s " + (taken.isHeld() ? "was held" : "was not held"));
    }

    private double ladder(Subject subject, String name, int port, Figures figures) throws IOException, InterruptedException {
        double most = 0;
        int notHeld = 0;
        for (int rate : RATES) {
            Step taken = load(subject, port, rate, step, 0);
            tell(name, taken);
            most = Math.max(most, taken.takenPerSecond());
            // One step may fall into a pause of the machine; two in a row are the end.
            notHeld = taken.isHeld() ? 0 : notHeld + 1;
            if (notHeld == 2) {
                break;
            }
        }
        figures.add(name + "_readings_per_second", most, "1/s");
        return most;
    }

    private void tell(String name, Step taken) {
        progress.accept(String.format(
                Locale.ROOT, "%s: offered %.0f/s, taken %.0f/s, %.1f us processor time a message",
                name, taken.offeredPerSecond(), taken.takenPerSecond(), taken.microsPerMessage()));
    }

    private void told(int rate, Probes probes, Figures figures) {
        if (probes.told() == 0) {
            out.accept("not measured: the way to an alarm at " + rate + "/s, none came on MQTT out");
            return;
        }
        figures.add("alarm_latency_p50_at_" + rate, probes.p50(), "ms");
        figures.add("alarm_latency_p99_at_" + rate, probes.p99(), "ms");
        if (probes.missing() > 0) {
            out.accept(probes.missing() + " of " + (probes.told() + probes.missing()) + " alarms did not come in time");
        }
    }

    /** One load; the first part of it is not measured. */
    private Step load(Subject subject, int port, int rate, double seconds, int probes) throws IOException, InterruptedException {
        long before = subject.taken();
        try (Child load = Child.java(
                "load", directory, Load.class.getName(), Integer.toString(port), Integer.toString(rate),
                Double.toString(seconds), Integer.toString(sites), Integer.toString(sites - probed - probes),
                Integer.toString(probes))) {
            probed += probes;
            load.await("started", Duration.ofSeconds(30));
            pause(seconds * 0.3);
            long begin = System.nanoTime();
            long first = subject.taken();
            double firstCpu = subject.process().cpuSeconds();
            pause(seconds * 0.65);
            long last = subject.taken();
            double cpu = subject.process().cpuSeconds() - firstCpu;
            double took = (System.nanoTime() - begin) / 1e9;
            String[] said = load.await("sent ", Duration.ofSeconds(60)).split(" ");
            long sent = Long.parseLong(said[1]) + probes;
            drain(subject, before + sent);
            return new Step(
                    rate, (last - first) / took, Double.parseDouble(said[2]), cpu * 1e6 / Math.max(1, last - first),
                    new Probes(Integer.parseInt(said[3]), Integer.parseInt(said[4]), Double.parseDouble(said[5]),
                            Double.parseDouble(said[6])));
        }
    }

    /** Waits for what the broker still holds, so that it does not count for the next load. */
    private void drain(Subject subject, long expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        long taken = subject.taken();
        while (taken < expected && System.nanoTime() < end) {
            pause(0.1);
            taken = subject.taken();
        }
        if (taken < expected) {
            out.accept("lost: " + (expected - taken) + " of the messages that the broker took did not come within 60 s");
        }
    }

    private static void pause(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
