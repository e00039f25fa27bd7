package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Recorded hours become minutes without changing what the hours say. */
class SignalTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 14);

    @Property(tries = 200)
    void meanShapeKeepsEveryHourAndIsNeverNegative(
            @ForAll @Size(24) List<@DoubleRange(min = 0, max = 1000) Double> hours) {
        Signal.Recorded signal = new Signal.Recorded(hours, Signal.Shape.MEAN);
        for (int hour = 0; hour < 24; hour++) {
            double sum = 0;
            for (int second = 5; second < 3600; second += 10) {
                double value = signal.at(DAY.atTime(hour, second / 60, second % 60));
                assertTrue(value >= -1e-9);
                sum += value;
            }
            assertEquals(hours.get(hour), sum / 360, 1e-6);
        }
    }

    @Test
    void linearShapeMeetsTheHourInItsMiddle() {
        Signal.Recorded signal = new Signal.Recorded(
                IntStream.range(0, 24).mapToObj(i -> (double) i).toList(), Signal.Shape.LINEAR);
        assertEquals(5, signal.at(DAY.atTime(5, 30)), 1e-9);
        assertEquals(5.5, signal.at(DAY.atTime(6, 0)), 1e-9);
    }

    @Test
    void holdShapeHoldsAndDaysRepeat() {
        Signal.Recorded signal = new Signal.Recorded(
                IntStream.range(0, 48).mapToObj(i -> (double) i).toList(), Signal.Shape.HOLD);
        double first = signal.at(DAY.atTime(3, 59));
        assertEquals(first, signal.at(DAY.plusDays(2).atTime(3, 0)), 0);
        assertEquals(24, Math.abs(first - signal.at(DAY.plusDays(1).atTime(3, 0))), 0);
    }

    @Test
    void curveGoesOverMidnight() {
        Signal.Curve curve = new Signal.Curve(Map.of(LocalTime.of(22, 0), 40.0, LocalTime.of(2, 0), 60.0));
        assertEquals(50, curve.at(LocalDateTime.of(DAY, LocalTime.MIDNIGHT)), 1e-9);
        assertEquals(40, curve.at(DAY.atTime(22, 0)), 1e-9);
        assertEquals(50, curve.at(DAY.atTime(12, 0)), 1e-9);
    }

    @Test
    void missingHoursAreBridgedInAStraightLine() {
        String rows = IntStream.range(0, 24)
                .mapToObj(i -> "S,2015-05-27T%02d:00,%s".formatted(i, i == 3 || i == 4 || i == 23 ? "NA" : i))
                .reduce("station,time,PM10", (a, b) -> a + "\n" + b);
        List<Double> hours = Recording.read(rows.lines().toList()).hours("S", "PM10");
        assertEquals(IntStream.range(0, 24).mapToObj(i -> (double) Math.min(i, 22)).toList(), hours);
        assertThrows(IllegalArgumentException.class,
                () -> Recording.read(rows.lines().toList()).hours("S", "TSP"));
    }

    /** Hebei's formula on what the Hebei site's devices really say, minute by minute. */
    @Test
    void theHebeiSiteGoesPastItsAllowanceEveryDay() throws IOException {
        Scenario demo = ScenarioFile.shipped(ScenarioFile.DEMO);
        ScenarioPlayer player = new ScenarioPlayer(demo);
        Signal.Recorded county = demo.regions().get(0).background().orElseThrow().pm10();
        for (int day = 0; day < 5; day++) {
            int over = 0;
            for (int hour = 0; hour < 24; hour++) {
                Instant start = DAY.plusDays(day).atTime(hour, 0).atZone(java.time.ZoneId.of("Asia/Shanghai"))
                        .toInstant();
                double mean = player.between(start, start.plus(Duration.ofHours(1))).stream()
                        .filter(one -> one.topic().equals("dust/v1/sjz-changan-01/dust-1/reading"))
                        .mapToDouble(one -> Double.parseDouble(
                                one.text().replaceAll(".*\"pm10\":([0-9.]+).*", "$1")))
                        .average().orElseThrow();
                double background = county.hour(DAY.plusDays(day).atTime(hour, 0));
                over += mean - Math.min(background, 150) > 80 ? 1 : 0;
            }
            assertTrue(over > 2, "day " + day + " has " + over);
        }
    }
}
