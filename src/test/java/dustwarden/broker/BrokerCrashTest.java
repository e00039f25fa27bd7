package dustwarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCrashTest {
    private static final int MESSAGES = 20;

    @TempDir
    Path directory;

    @Test
    void losesNothingItAcknowledgedWhenItIsKilled() throws Exception {
        try (BrokerProcess process = new BrokerProcess(directory)) {
            try (Client5 reader = new Client5(process.uri(), "reader").session(3_600)) {
                reader.connect();
                reader.subscribe("dust/v1/#");
            }
            try (Client5 device = new Client5(process.uri(), "device")) {
                device.connect();
                for (int i = 0; i < MESSAGES; i++) {
                    assertTrue(device.publish("dust/v1/site/dust-1/reading", "n" + i) < 128);
                }
                device.publish("warden/v1/site/checklist", "kept".getBytes(StandardCharsets.UTF_8), true);
                process.kill();
            }
        }
        try (BrokerProcess process = new BrokerProcess(directory);
                Client5 reader = new Client5(process.uri(), "reader").session(3_600);
                Client5 other = new Client5(process.uri(), "other")) {
            assertTrue(reader.connect());
            other.connect();
            other.subscribe("warden/v1/+/checklist");
            Await.until("all that was acknowledged", () -> reader.received.size() >= MESSAGES);
            Await.until("what was retained", () -> other.has("kept"));
            assertEquals(expected(), reader.received.stream().map(Client5.Received::text).toList());
        }
    }

    private static List<String> expected() {
        return IntStream.range(0, MESSAGES).mapToObj(i -> "n" + i).toList();
    }
}
