package dustwarden.core.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dustwarden.core.model.AlarmPlan;
import dustwarden.core.model.Hours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours of the day in a site's zone: when they hold, when they change, how long so much of them lasts. */
class HoursTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Hours DAY = hours("07:00", "19:00", DayOfWeek.values());
    private static final Hours NIGHT = hours("22:00", "06:00", DayOfWeek.FRIDAY);

    private static Hours hours(String from, String to, DayOfWeek... days) {
        return new Hours(LocalTime.parse(from), LocalTime.parse(to), EnumSet.copyOf(List.of(days)));
    }

    private static long at(String time) {
        return OffsetDateTime.parse(time + "+08:00").toInstant().toEpochMilli();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-16T06:59:59,false", "2026-03-16T07:00:00,true", "2026-03-16T18:59:59,true", "2026-03-16T19:00:00,false"
    })
    void beginWithTheirStartAndEndBeforeTheirEnd(String time, boolean hold) {
        assertEquals(hold, DAY.hold(at(time), SHANGHAI));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-20T21:59:00,false", "2026-03-20T22:00:00,true", "2026-03-21T05:59:00,true", "2026-03-21T06:00:00,false",
        "2026-03-21T23:00:00,false", "2026-03-20T03:00:00,false"
    })
    void overMidnightBelongToTheDayOnWhichTheyBegin(String time, boolean hold) {
        assertEquals(hold, NIGHT.hold(at(time), SHANGHAI));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-16T06:00:00,2026-03-16T07:00:00", "2026-03-16T07:00:00,2026-03-16T19:00:00", "2026-03-16T20:00:00,2026-03-17T07:00:00"
    })
    void changeNextWhenTheyBeginOrEnd(String time, String next) {
        assertEquals(at(next), DAY.nextChange(at(time), SHANGHAI));
    }

    @ParameterizedTest
    @CsvSource({
        // from, hours of work, until
        "2026-03-16T08:00:00,2,2026-03-16T10:00:00",
        "2026-03-16T18:00:00,2,2026-03-17T08:00:00",
        "2026-03-16T20:00:00,2,2026-03-17T09:00:00",
        "2026-03-16T07:00:00,12,2026-03-16T19:00:00",
        "2026-03-16T07:00:00,36,2026-03-18T19:00:00",
    })
    void soMuchOfThemLastsUntil(String from, long hours, String until) {
        assertEquals(at(until), DAY.after(at(from), hours * 3_600_000, SHANGHAI));
    }

    @Test
    void aDayOnWhichTheClockIsPutForwardHasAnHourLess() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Hours night = hours("00:00", "06:00", DayOfWeek.values());
        long start = OffsetDateTime.parse("2026-03-29T00:00:00+01:00").toInstant().toEpochMilli();
        assertEquals(start + 5 * 3_600_000, night.nextChange(start, berlin));
    }

    @Test
    void onlyWhatIsUrgentRunsOnOutsideThem() {
        AlarmPlan plan = new AlarmPlan(List.of(), Optional.of(DAY), Optional.empty(), Optional.of(LocalTime.parse("07:30")), List.of(),
                OptionalLong.empty());
        assertEquals(at("2026-03-16T21:00:00"), plan.deadline(at("2026-03-16T20:00:00"), 3_600_000, true, SHANGHAI));
        assertEquals(at("2026-03-17T08:00:00"), plan.deadline(at("2026-03-16T20:00:00"), 3_600_000, false, SHANGHAI));
        assertEquals(at("2026-03-17T07:30:00"), plan.nextDigest(at("2026-03-16T20:00:00"), SHANGHAI));
        assertEquals(at("2026-03-17T07:30:00"), plan.nextDigest(at("2026-03-17T07:00:00"), SHANGHAI));
    }
}
