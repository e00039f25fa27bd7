package dustwarden.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import dustwarden.core.judge.Windows.Mean;
import dustwarden.core.judge.Windows.Spec;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows: alignment, exact sums, capture, flags and what is kept. */
class WindowsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Spec HOURLY = new Spec(Quantity.PM10, HOUR);

    private static long at(String text) {
        return ZonedDateTime.parse(text).toInstant().toEpochMilli();
    }

    private static Windows hourly() {
        return new Windows(Set.of(HOURLY), SHANGHAI);
    }

    private static boolean put(Windows windows, long ts, double value, Flag flag, long offset) {
        return windows.add("dust-1", Quantity.PM10, MINUTE, ts, value, flag, ts, offset);
    }

    private static Mean mean(Windows windows, long start) {
        return windows.mean("dust-1", Quantity.PM10, HOUR, start).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai,  PT1H,  2026-03-14T09:59:59.999+08:00, 2026-03-14T09:00+08:00, 2026-03-14T10:00+08:00",
        "Asia/Shanghai,  PT15M, 2026-03-14T09:15+08:00,        2026-03-14T09:15+08:00, 2026-03-14T09:30+08:00",
        "Asia/Kolkata,   PT1H,  2026-03-14T09:10+05:30,        2026-03-14T09:00+05:30, 2026-03-14T10:00+05:30",
        "Asia/Kathmandu, PT1H,  2026-03-14T09:59+05:45,        2026-03-14T09:00+05:45, 2026-03-14T10:00+05:45",
        "Asia/Shanghai,  PT24H, 2026-03-14T23:59+08:00,        2026-03-14T00:00+08:00, 2026-03-15T00:00+08:00",
        "Europe/London,  PT24H, 2026-03-29T12:00+01:00,        2026-03-29T00:00+00:00, 2026-03-30T00:00+01:00",
        "Europe/London,  PT24H, 2026-10-25T23:30+00:00,        2026-10-25T00:00+01:00, 2026-10-26T00:00+00:00",
        "Europe/London,  PT1H,  2026-03-29T02:30+01:00,        2026-03-29T02:00+01:00, 2026-03-29T03:00+01:00",
    })
    void windowsFollowTheLocalClock(String zone, java.time.Duration period, String at, String start, String end) {
        Windows windows = new Windows(Set.of(HOURLY), ZoneId.of(zone));
        long found = windows.start(period.toMillis(), at(at));
        assertEquals(at(start), found);
        assertEquals(at(end), windows.end(period.toMillis(), found));
    }

    @Test
    void tenthsAddUpExactly() {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        for (int i = 0; i < 3600; i++) {
            put(windows, start + i * 1000L, 0.1, Flag.N, i);
        }
        assertEquals(0.1, mean(windows, start).mean());
        assertFalse(mean(windows, start).above(Windows.nano(0.1)));
        assertTrue(mean(windows, start).above(Windows.nano(0.1) - 1));
    }

    @Test
    void aMeanIsComparedUnrounded() {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        put(windows, start, 80, Flag.N, 0);
        put(windows, start + MINUTE, 80, Flag.N, 1);
        assertFalse(mean(windows, start).above(Windows.nano(80)));
        put(windows, start + 2 * MINUTE, 80.000000001, Flag.N, 2);
        assertTrue(mean(windows, start).above(Windows.nano(80)));
    }

    @Test
    void anyOrderOfArrivalGivesTheSameMean() {
        long start = at("2026-03-14T09:00+08:00");
        Random random = new Random(7);
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            values.add(new double[] {start + random.nextInt(3 * (int) HOUR), random.nextDouble() * 1e5, i});
        }
        List<Mean> first = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            Windows windows = hourly();
            values.forEach(v -> put(windows, (long) v[0], v[1], v[2] % 9 == 0 ? Flag.T : Flag.N, (long) v[2]));
            List<Mean> means = List.of(mean(windows, start), mean(windows, start + HOUR), mean(windows, start + 2 * HOUR));
            if (round == 0) {
                first.addAll(means);
            }
            assertEquals(first, means);
            Collections.shuffle(values, random);
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 44, 0.7333", "60, 45, 0.75", "60, 46, 0.7667", "60, 60, 1", "300, 12, 1", "7200, 1, 1", "90, 40, 1"})
    void captureIsSlotsWithAValue(int everySeconds, int filled, double capture) {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        for (int i = 0; i < filled; i++) {
            long ts = start + i * everySeconds * 1000L;
            windows.add("dust-1", Quantity.PM10, everySeconds * 1000L, ts, 5, Flag.N, ts, i);
            windows.add("dust-1", Quantity.PM10, everySeconds * 1000L, ts + 1, 5, Flag.N, ts, i);
        }
        assertEquals(capture, mean(windows, start).capture(), 0.0001);
    }

    @Test
    void aShortDayHasFewerSlots() {
        Windows windows = new Windows(Set.of(new Spec(Quantity.PM10, 24 * HOUR)), ZoneId.of("Europe/London"));
        long start = at("2026-03-29T00:00+00:00");
        for (int i = 0; i < 23; i++) {
            windows.add("dust-1", Quantity.PM10, HOUR, start + i * HOUR, 1, Flag.N, start, i);
        }
        assertEquals(1.0, windows.mean("dust-1", Quantity.PM10, 24 * HOUR, start).orElseThrow().capture());
    }

    @Test
    void onlyNormalValuesCountAndThoseAboveRangeStayAsEvidence() {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        put(windows, start, 10, Flag.N, 3);
        for (Flag flag : Flag.values()) {
            if (flag != Flag.N) {
                put(windows, start + MINUTE, 1000, flag, 4);
            }
        }
        Mean mean = mean(windows, start);
        assertEquals(10, mean.mean());
        assertEquals(1, mean.values());
        assertEquals(1, mean.aboveRange());
        assertEquals(1000, mean.peak());
        assertEquals(4, mean.lastOffset());
    }

    @Test
    void tellsWhenAValueFallsIntoAClosedWindow() {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        assertFalse(windows.add("dust-1", Quantity.PM10, MINUTE, start, 1, Flag.N, start + HOUR - 1, 0));
        assertTrue(windows.add("dust-1", Quantity.PM10, MINUTE, start, 1, Flag.N, start + HOUR, 1));
        assertFalse(windows.add("dust-1", Quantity.PM10, MINUTE, start, 1, Flag.D, start + HOUR, 2));
        assertFalse(windows.add("dust-1", Quantity.TSP, MINUTE, start, 1, Flag.N, start + HOUR, 3));
    }

    @Test
    void otherSpecsKeepTheSumsOfTheSame() {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        put(windows, start, 10, Flag.N, 0);
        Windows next = windows.with(Set.of(HOURLY, new Spec(Quantity.TSP, HOUR)), SHANGHAI);
        put(next, start + MINUTE, 20, Flag.N, 1);
        assertEquals(15, mean(next, start).mean());
        assertTrue(next.with(Set.of(), SHANGHAI).mean("dust-1", Quantity.PM10, HOUR, start).isEmpty());
    }

    @Test
    void forgetsWhatIsOldAndGoesOn() {
        Windows windows = hourly();
        long start = at("2026-03-01T00:00+08:00");
        for (int h = 0; h < 800; h++) {
            put(windows, start + h * HOUR, h, Flag.N, h);
        }
        windows.forgetBefore(start + 700 * HOUR);
        assertTrue(windows.mean("dust-1", Quantity.PM10, HOUR, start + 699 * HOUR).isEmpty());
        assertEquals(700, mean(windows, start + 700 * HOUR).mean());
        put(windows, start + 650 * HOUR, 3, Flag.N, 900);
        put(windows, start + 900 * HOUR, 4, Flag.N, 901);
        assertEquals(3, mean(windows, start + 650 * HOUR).mean());
        assertEquals(799, mean(windows, start + 799 * HOUR).mean());
        assertEquals(4, mean(windows, start + 900 * HOUR).mean());
    }

    @Test
    void aStoredStateReadAgainIsTheSame() {
        Windows windows = hourly();
        long start = at("2026-03-14T09:00+08:00");
        put(windows, start, 10, Flag.N, 0);
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(false);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy());
        Output out = new Output(1024, -1);
        kryo.writeObject(out, windows);
        Windows read = kryo.readObject(new Input(out.toBytes()), Windows.class);
        put(read, start + MINUTE, 20, Flag.N, 1);
        assertEquals(15, mean(read, start).mean());
        assertEquals(windows.specs(), read.specs());
        assertEquals(SHANGHAI, read.zone());
    }
}
