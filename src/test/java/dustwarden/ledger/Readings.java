package dustwarden.ledger;

import dustwarden.core.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Readings of about 200 bytes whose every value is random, from a seed. */
public final class Readings {
    private final Random random;
    private long now = 1_773_450_000_000L;

    public Readings(long seed) {
        random = new Random(seed);
    }

    public Entry next() {
        now += random.nextInt(3);
        String topic = String.format("dust/v1/bench-%04d/dust-%d/reading", random.nextInt(2000), 1 + random.nextInt(5));
        String json = String.format(
                Locale.ROOT,
                "{\"ts\":%d,\"seq\":%d,\"values\":{\"pm10\":%.1f,\"pm25\":%.1f,\"tsp\":%.1f,\"noise\":%.1f,\"windSpeed\":%.1f,"
                        + "\"windDirection\":%d,\"temperature\":%.1f,\"humidity\":%.1f,\"pressure\":%.2f,\"rain\":%.1f}}",
                now - random.nextInt(2000),
                random.nextInt(100_000),
                random.nextDouble() * 500,
                random.nextDouble() * 300,
                random.nextDouble() * 800,
                40 + random.nextDouble() * 50,
                random.nextDouble() * 12,
                random.nextInt(360),
                -5 + random.nextDouble() * 40,
                20 + random.nextDouble() * 80,
                98 + random.nextDouble() * 6,
                random.nextDouble() * 2);
        return new Entry.Message(
                now, Entry.Source.MQTT, topic, json.getBytes(StandardCharsets.UTF_8), false, Optional.empty());
    }

    public List<Entry> next(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(next());
        }
        return entries;
    }
}
