package dustwarden.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dustwarden.broker.BrokerSettings;
import dustwarden.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
    @TempDir
    Path directory;

    @Test
    void everyMessageIsAcknowledgedAndComesToASubscriber() throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.open(directory, 0));
        int count = 500;
        CountDownLatch coming = new CountDownLatch(count);
        Set<String> came = ConcurrentHashMap.newKeySet();
        try (Publisher subscriber = new Publisher(broker.port(), "sub", (topic, payload) -> {
                    came.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
                    coming.countDown();
                });
                Publisher publisher = new Publisher(broker.port(), "pub", (topic, payload) -> {})) {
            subscriber.subscribe("dust/v1/+/dust-1/reading");
            subscriber.awaitSubscribed(Duration.ofSeconds(10));
            for (int i = 0; i < count; i++) {
                publisher.publish("dust/v1/load-1/dust-1/reading", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            }
            publisher.flush();
            coming.await(20, TimeUnit.SECONDS);
            assertEquals(
                    IntStream.range(0, count).mapToObj(i -> "dust/v1/load-1/dust-1/reading " + i).collect(Collectors.toSet()),
                    came);
        } finally {
            broker.stop();
        }
    }
}
