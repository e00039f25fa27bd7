package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenTest {
    private static final long HOUR = 3_600_000;
    private static final long T = 1_773_450_000_000L;

    private final Seen seen = new Seen();

    private static Observation reading(long ts, double pm10) {
        return new Observation.Reading("s", "d", ts, OptionalLong.empty(),
                new Values(Map.of(Quantity.PM10, new Values.Value(pm10, Flag.N))));
    }

    private static Observation spray(long ts, boolean on) {
        return new Observation.Spray("s", "d", ts, on, OptionalDouble.empty());
    }

    private static Observation running(long ts, Activity activity, String zone, boolean running) {
        return new Observation.Running("s", "d", ts, activity, Optional.of(zone), running);
    }

    private String check(Observation observation, long received) {
        return seen.check(observation, received).map(Decoded.Rejected::reason).orElse("new");
    }

    @Test
    void aReadingIsRememberedAsLongAsItsTimeIsAccepted() {
        assertEquals("new", check(reading(T, 1), T));
        assertEquals("duplicate", check(reading(T, 1), T + 1));
        assertEquals("conflict", check(reading(T, 2), T + 2));
        assertEquals("duplicate", check(reading(T, 1), T + 30 * 24 * HOUR));
        assertEquals("new", check(reading(T - 1, 1), T + 2));
    }

    @Test
    void othersAreRememberedFor48HoursFromReceipt() {
        assertEquals("new", check(spray(T, true), T));
        assertEquals("duplicate", check(spray(T, true), T + 48 * HOUR));
        assertEquals("conflict", check(spray(T, false), T + 48 * HOUR));
        assertEquals("new", check(spray(T, false), T + 48 * HOUR + 1));
        assertEquals("duplicate", check(spray(T, false), T + 49 * HOUR));
    }

    @Test
    void theKeyTellsReportsOfOneMomentApart() {
        assertEquals("new", check(running(T, Activity.EARTHWORK, "a", true), T));
        assertEquals("new", check(running(T, Activity.EARTHWORK, "b", true), T));
        assertEquals("new", check(running(T, Activity.LOADING, "a", true), T));
        assertEquals("new", check(spray(T, true), T));
        assertEquals("conflict", check(running(T, Activity.LOADING, "a", false), T));
        assertEquals("new", check(new Observation.Status("s", "d", T, true), T));
        assertEquals("new", check(new Observation.Status("s", "d", T, true), T));
    }

    @Test
    void agreesWithAPlainMapInAnyOrder() {
        Random random = new Random(5);
        Map<Long, Boolean> model = new HashMap<>();
        long now = T;
        for (int i = 0; i < 50_000; i++) {
            now += random.nextInt(2000);
            long ts = T + random.nextInt(20_000) * 60_000L;
            boolean high = random.nextInt(10) == 0;
            Boolean known = model.putIfAbsent(ts, high);
            String expected = known == null ? "new" : known == high ? "duplicate" : "conflict";
            assertEquals(expected, check(reading(ts, high ? 9 : 1), now));
        }
    }

    @Test
    void aMonthOfMinutesStaysSmallAndOldDaysAreForgotten() {
        SeenReadings readings = new SeenReadings();
        for (int minute = 0; minute < 90 * 1440; minute++) {
            assertEquals(0, readings.add(T + minute * 60_000L, minute, T + minute * 60_000L));
        }
        assertTrue(readings.size() <= 31 * 1440, () -> readings.size() + " readings are kept");
    }

    @Test
    void keysAgreeWithAPlainMapInAnyOrder() {
        Random random = new Random(6);
        Map<String, long[]> model = new HashMap<>();
        SeenKeys keys = new SeenKeys();
        for (int i = 0; i < 50_000; i++) {
            long now = T + i * 500L;
            long ts = now - random.nextInt(60) * 10_000L;
            long key = random.nextInt(3);
            long body = random.nextInt(2);
            long[] known = model.get(ts + "/" + key);
            boolean fresh = known == null || known[1] < now;
            if (fresh) {
                model.put(ts + "/" + key, new long[] {body, now + 400_000});
            }
            assertEquals(fresh ? 0 : known[0] == body ? 1 : -1, keys.add(ts, key, body, now, now + 400_000));
        }
        assertTrue(keys.capacity() < 8_000, () -> keys.capacity() + " places");
    }

    @Test
    void keysThatRanOutMakeRoom() {
        SeenKeys keys = new SeenKeys();
        for (int i = 0; i < 200_000; i++) {
            assertEquals(0, keys.add(i, i * 0x9E3779B97F4A7C15L, 1, i, i + 1000));
        }
        assertTrue(keys.capacity() <= 8192, () -> keys.capacity() + " slots");
    }

    @Test
    void gapsCountMissingNumbersAndAFallIsARestart() {
        Gaps gaps = new Gaps();
        long[] numbers = {5, 6, 9, 9, 0, 1, 4};
        long[] missing = {0, 0, 2, 0, 0, 0, 2};
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(missing[i], gaps.take(numbers[i]));
        }
        assertEquals(4, gaps.missing());
        assertEquals(1, gaps.restarts());
    }
}
