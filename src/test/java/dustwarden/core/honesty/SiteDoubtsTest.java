package dustwarden.core.honesty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.core.model.Device;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Observation.Status;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import dustwarden.core.model.Values;
import dustwarden.core.model.Values.Value;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each bound of a doubt: below, at, above. */
class SiteDoubtsTest {
    private static final long T = 1_773_417_600_000L;
    private static final long MINUTE = 60_000;
    private static final Device MONITOR = AttackTest.monitor("dust-1");

    private final SiteDoubts site = new SiteDoubts();
    private final List<Doubt> told = new ArrayList<>();

    private void says(int minute, double pm10, Flag flag) {
        site.reading(new Reading("a-site", "dust-1", T + minute * MINUTE, OptionalLong.empty(),
                new Values(Map.of(Quantity.PM10, new Value(pm10, flag)))), MONITOR, told::add);
    }

    private List<DoubtKind> kinds() {
        return told.stream().map(Doubt::kind).toList();
    }

    @Test
    void aValueIsFrozenAfterTwoHoursAndNotBefore() {
        for (int m = 0; m < 120; m++) {
            says(m, 88.8, Flag.N);
        }
        assertEquals(List.of(), told);
        says(120, 88.8, Flag.N);
        assertEquals(List.of(DoubtKind.FROZEN), kinds());
        assertEquals(Map.of("minutes", 120L, "quantity", "pm10", "value", 88.8), told.get(0).numbers());
        says(121, 88.8, Flag.N);
        assertEquals(1, told.size(), "it is told once");
        assertEquals(List.of(DoubtKind.FROZEN), site.standing().get("dust-1"));
        for (int m = 122; m < 130; m++) {
            says(m, 88 + m, Flag.N);
        }
        assertEquals(List.of(), site.standing().get("dust-1"), "newer data ends it");
    }

    @Test
    void aGapOfSilenceProvesNothing() {
        for (int m = 0; m < 100; m++) {
            says(m, 88.8, Flag.N);
        }
        for (int m = 104; m < 200; m++) {
            says(m, 88.8, Flag.N);
        }
        assertEquals(List.of(), told);
    }

    @Test
    void whatComesLateIsNotLookedAt() {
        for (int m = 0; m <= 120; m++) {
            says(m, m == 60 ? 90 : 88.8, Flag.N);
        }
        says(60, 88.8, Flag.N);
        assertEquals(List.of(), told);
    }

    @Test
    void zeroIsDoubtedAfterAnHour() {
        for (int m = 0; m < 60; m++) {
            says(m, 0, Flag.N);
        }
        assertEquals(List.of(), told);
        says(60, 0, Flag.N);
        assertEquals(List.of(DoubtKind.FLAT_ZERO), kinds());
    }

    @Test
    void theEndOfTheRangeIsDoubtedByValueOrByFlag() {
        for (int m = 0; m < 5; m++) {
            says(m, 1_000, Flag.N);
        }
        assertEquals(List.of(DoubtKind.AT_RANGE), kinds());
        told.clear();
        for (int m = 10; m < 30; m++) {
            says(m, 100 + m, Flag.N);
        }
        for (int m = 30; m < 35; m++) {
            says(m, 300 + m, Flag.T);
        }
        assertEquals(List.of(DoubtKind.AT_RANGE), kinds());
    }

    @Test
    void aMonitorThatWasCarriedAwayIsFoundAndOneThatDriftsIsNot() throws IOException {
        at(35.3034, 113.8836);
        at(35.3037, 113.8836);
        assertEquals(List.of(), told);
        at(35.3134, 113.8836);
        assertEquals(List.of(DoubtKind.MOVED), kinds());
        assertEquals(1_112L, told.get(0).numbers().get("metres"));
        site.registered(site("2026-02-10"), site("2026-02-11"));
        at(35.3134, 113.8836);
        assertEquals(List.of(), site.standing().get("dust-1"), "the register was brought up to date");
        assertEquals(1, told.size());
    }

    private void at(double latitude, double longitude) {
        site.status(new Status("a-site", "dust-1", T, true, Optional.of(new Site.Position(latitude, longitude))), MONITOR, told::add);
    }

    @Test
    void aCalibrationOfOverAYearAgoIsOverdue() throws IOException {
        site.day(site("2025-03-14"), LocalDate.of(2026, 3, 14), T, told::add);
        assertEquals(List.of(), told);
        site.day(site("2025-03-14"), LocalDate.of(2026, 3, 15), T, told::add);
        assertEquals(List.of(DoubtKind.CALIBRATION_OVERDUE), kinds());
        assertEquals(1L, told.get(0).numbers().get("days"));
        site.day(site("2026-03-01"), LocalDate.of(2026, 3, 16), T, told::add);
        assertTrue(site.standing().get("dust-1").isEmpty());
    }

    private static Site site(String calibrated) throws IOException {
        Problems problems = new Problems();
        Optional<Site> read = SiteReader.read(new ObjectMapper().readTree("""
                {"site":"a-site","name":{"zh":"工地","en":"A site"},"region":"410000","rulebook":["gb-16297-1996"],
                 "devices":[{"id":"dust-1","kind":"monitor","every":"PT1M","calibrated":"%s"}]}
                """.formatted(calibrated)), "0".repeat(64), problems);
        return read.orElseThrow(() -> new AssertionError(problems.all()));
    }
}
