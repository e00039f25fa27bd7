package dustwarden.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A broker in a Java process of its own, which can be killed as a power cut would. */
final class BrokerProcess implements AutoCloseable {
    private final Process process;
    private final URI uri;

    BrokerProcess(Path directory) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        uri = URI.create(out.readLine());
    }

    URI uri() {
        return uri;
    }

    /** SIGKILL: no shutdown hook runs, no buffer is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.open(Path.of(arguments[0]), 0));
        System.out.println(broker.ownUri());
        System.out.flush();
        // Ends when it is killed, or with the test that started it.
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        broker.stop();
    }
}
