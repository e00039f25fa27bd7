package dustwarden.app;

import dustwarden.core.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * What the devices of many sites report, minute after minute without end and always the same: wandering values, late and
 * doubled reports, cameras that stop recording, trucks that leave badly washed, works that rest for two hours of four.
 */
final class LongStream implements Iterator<Entry> {
    static final long START = Instant.parse("2026-03-14T00:00:00Z").toEpochMilli();
    private static final List<String> UNITS = List.of("fence-01", "soil-01", "road-01");

    private final Random random = new Random(7);
    private final Queue<Entry> ready = new ArrayDeque<>();
    private final double[] level;
    private long minute;

    LongStream(int sites) {
        level = new double[sites];
        Arrays.fill(level, 60);
    }

    static String site(int n) {
        return "long-" + n;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Entry next() {
        while (ready.isEmpty()) {
            for (int n = 0; n < level.length; n++) {
                minuteOf(n);
            }
            minute++;
        }
        return ready.remove();
    }

    private void minuteOf(int n) {
        long at = START + minute * 60_000 + n * 60_000L / level.length;
        long late = random.nextInt(100) == 0 ? random.nextInt(120_000) : 0;
        long ts = at - 200 - random.nextInt(1_500) - late;
        reading(n, at, ts);
        switch ((int) ((minute + n) % 10)) {
            case 1 -> add(n, at, "cam-1/camera", "{\"ts\":" + ts + ",\"online\":true,\"recording\":" + !rarely(2_000) + "}");
            case 3 -> add(n, at, "spray-1/spray",
                    "{\"ts\":" + ts + ",\"on\":" + !rarely(500) + ",\"flow\":" + tenth(11 + random.nextDouble() * 2) + "}");
            case 5 -> add(n, at, "dig-1/activity",
                    "{\"ts\":" + ts + ",\"activity\":\"earthwork\",\"running\":" + (minute / 120 % 2 == 0) + "}");
            case 7 -> add(n, at, "fence-s1/unit",
                    "{\"ts\":" + ts + ",\"unit\":\"" + UNITS.get((int) (minute / 10 % 3)) + "\",\"good\":" + !rarely(1_000) + "}");
            case 9 -> gate(n, at, ts);
            default -> { }
        }
    }

    private void reading(int n, long at, long ts) {
        level[n] = Math.max(8, level[n] + random.nextGaussian() * 4 + (60 + n % 30 - level[n]) * 0.02);
        String json = "{\"ts\":" + ts + ",\"seq\":" + minute + ",\"values\":{\"pm10\":" + tenth(level[n])
                + ",\"pm25\":" + tenth(level[n] * (0.4 + random.nextDouble() * 0.1))
                + ",\"tsp\":" + tenth(level[n] * (1.8 + random.nextDouble() * 0.3))
                + ",\"noise\":" + tenth(55 + random.nextGaussian() * 3) + ",\"windSpeed\":" + tenth(random.nextDouble() * 4)
                + ",\"windDirection\":" + random.nextInt(360) + ",\"temperature\":" + tenth(12 + random.nextGaussian())
                + ",\"humidity\":" + tenth(40 + random.nextGaussian() * 3) + "}}";
        add(n, at, "dust-1/reading", json);
        if (rarely(300)) {
            add(n, at, "dust-1/reading", json);
        }
    }

    private void gate(int n, long at, long ts) {
        if (!rarely(6)) {
            add(n, at, "wash-a/status", "{\"state\":\"online\"}");
            return;
        }
        add(n, at, "wash-a/passage", "{\"ts\":" + ts + ",\"id\":\"p" + minute + "\",\"direction\":\"out\",\"plate\":\"豫G"
                + (10_000 + random.nextInt(90_000)) + "\",\"loaded\":true,\"covered\":true,\"wash\":{\"seconds\":"
                + (rarely(40) ? 5 : 60 + random.nextInt(60)) + ",\"pump\":true,\"wheels\":\"clean\"}}");
    }

    private boolean rarely(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void add(int n, long at, String tail, String payload) {
        ready.add(new Entry.Message(
                at, Entry.Source.MQTT, "dust/v1/" + site(n) + "/" + tail, payload.getBytes(StandardCharsets.UTF_8), false,
                Optional.empty()));
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
