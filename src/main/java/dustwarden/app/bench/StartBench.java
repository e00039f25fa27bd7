package dustwarden.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** From the command to {@code ready} with the embedded broker, and what the demo keeps in memory after a while. */
final class StartBench {
    private static final int STARTS = 3;

    private final Path directory;
    private final double demoMinutes;
    private final Consumer<String> out;
    private final Consumer<String> progress;

    StartBench(Path directory, double demoMinutes, Consumer<String> out, Consumer<String> progress) {
        this.directory = directory;
        this.demoMinutes = demoMinutes;
        this.out = out;
        this.progress = progress;
    }

    void run(Figures figures) throws IOException, InterruptedException {
        progress.accept("starting serve, " + STARTS + " times");
        Path register = Files.createDirectories(directory.resolve("no-sites"));
        List<Double> starts = new ArrayList<>();
        for (int n = 0; n < STARTS; n++) {
            long begin = System.nanoTime();
            try (Child child = start("serve", n, "--set", "register=" + register)) {
                starts.add((System.nanoTime() - begin) / 1e9);
                progress.accept("serve was up after " + starts.get(n) + " s as process " + child.pid());
            }
        }
        figures.add("start_to_ready_serve", starts.stream().sorted().toList().get(STARTS / 2), "s");
        if (demoMinutes <= 0) {
            out.accept("not measured: the demo's start and memory");
            return;
        }
        long begin = System.nanoTime();
        try (Child demo = start("demo", 0)) {
            figures.add("start_to_ready_demo", (System.nanoTime() - begin) / 1e9, "s");
            progress.accept("the demo runs for " + demoMinutes + " minutes");
            memory(demo, begin + (long) (demoMinutes * 60e9), figures);
        }
    }

    private void memory(Child demo, long end, Figures figures) throws IOException {
        double most = 0;
        OptionalDouble now = demo.residentMib();
        while (now.isPresent() && System.nanoTime() < end) {
            LockSupport.parkNanos(500_000_000);
            now = demo.residentMib();
            most = Math.max(most, now.orElse(0));
        }
        if (now.isEmpty()) {
            out.accept("not measured: the demo's memory, which this system does not tell or it ended");
            return;
        }
        figures.add("demo_resident_memory", now.getAsDouble(), "MiB");
        figures.add("demo_resident_memory_most", most, "MiB");
        figures.add("demo_minutes", demoMinutes, "min");
    }

    private Child start(String command, int n, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                command, "--set", "data=" + directory.resolve(command + "-start-" + n), "--set", "http.host=127.0.0.1"));
        for (String port : List.of("http.port", "management.port", "hj212.port", "mqtt.port")) {
            arguments.addAll(List.of("--set", port + "=0"));
        }
        arguments.addAll(List.of(more));
        Child child = Child.java(command + n, directory, "dustwarden.app.Main", arguments.toArray(new String[0]));
        child.await("ready ", Subject.READY_WITHIN);
        return child;
    }
}
