package dustwarden.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged jar as a process of its own, all that it says, and its end. */
final class PackagedJar implements AutoCloseable {
    private static final Path JAR = Path.of("target/dustwarden.jar").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(90);
    private static final List<String> FREE_PORTS =
            List.of("http.port=0", "management.port=0", "hj212.port=0");

    final List<String> out = new CopyOnWriteArrayList<>();
    final List<String> err = new CopyOnWriteArrayList<>();
    private final Process process;

    private PackagedJar(Process process) {
        this.process = process;
        read(process.inputReader(StandardCharsets.UTF_8), out);
        read(process.errorReader(StandardCharsets.UTF_8), err);
    }

    static PackagedJar run(Path directory, String... arguments) {
        return run(Path.of(System.getProperty("java.home")), directory, arguments);
    }

    /** Starts a command in a directory, with the Java that stands in another. */
    static PackagedJar run(Path java, Path directory, String... arguments) {
        if (!Files.isReadable(JAR)) {
            throw new IllegalStateException(JAR + " is not there: run mvn package");
        }
        List<String> line = new ArrayList<>(List.of(java.resolve("bin/java").toString(), "-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("DUSTWARDEN_") || key.startsWith("JAVA_"));
            return new PackagedJar(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with free ports for all listeners. */
    static PackagedJar onFreePorts(Path directory, String... arguments) {
        return run(directory, withFreePorts(arguments));
    }

    static String[] withFreePorts(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        FREE_PORTS.forEach(setting -> all.addAll(List.of("--set", setting)));
        return all.toArray(String[]::new);
    }

    private static void read(BufferedReader from, List<String> to) {
        Thread thread = new Thread(() -> {
            try (from) {
                from.lines().forEach(to::add);
            } catch (IOException | UncheckedIOException e) {
                to.add("(cut off)");
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** The console's address, once all is up. */
    String ready() {
        return word("ready ", START);
    }

    /** The management port's address, which stands in the log. */
    String management() {
        String line = Await.found("the management port is told", START,
                () -> err.stream().filter(l -> l.contains(" management listens ")).findFirst());
        return line.replaceFirst(".*address=\"?(http://[^\" ]+).*", "$1");
    }

    /** What follows the first line that begins so. */
    String word(String start, Duration most) {
        return Await.found("a line begins with " + start + this, most, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended with " + process.exitValue() + this);
            }
            return out.stream().filter(line -> line.startsWith(start)).findFirst();
        }).substring(start.length()).strip();
    }

    Api api(String token) {
        return new Api(ready(), Optional.of(token));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a power cut does. */
    void kill() {
        process.destroyForcibly();
        exit(Duration.ofSeconds(20));
    }

    /** Asks it to end and gives its exit code. */
    int terminate(Duration most) {
        process.destroy();
        return exit(most);
    }

    int exit(Duration most) {
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still runs after " + most + this);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that it said on both streams. */
    String said() {
        return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    @Override
    public String toString() {
        return "\n--- it said ---\n" + said() + "\n---------------";
    }

    /** Ends it at once; a log that tells of a thread that was held up is a failure of any test. */
    @Override
    public void close() {
        process.destroyForcibly();
        List<String> blocked = Stream.concat(out.stream(), err.stream())
                .filter(line -> line.contains("has been blocked for"))
                .toList();
        if (!blocked.isEmpty()) {
            throw new AssertionError("a thread was held up: " + String.join("\n", blocked));
        }
    }
}
