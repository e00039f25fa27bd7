package dustwarden.core.judge;

import static dustwarden.core.judge.LimitCase.DAY;
import static dustwarden.core.judge.LimitCase.HOUR;
import static dustwarden.core.judge.LimitCase.MINUTE;
import static dustwarden.core.judge.LimitCase.absolute;
import static dustwarden.core.judge.LimitCase.codes;
import static dustwarden.core.judge.LimitCase.hebei;
import static dustwarden.core.judge.LimitCase.monitor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Device;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import dustwarden.core.model.Work;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.LimitRule.Form;
import dustwarden.core.rule.LimitRule.Variant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits: every edge from below, at and above, what is undecided, and how a day begins and ends. */
class LimitJudgeTest {
    private static final Device ONE = monitor("dust-1", "N");
    private static final Device TWO = monitor("dust-2", "S");

    private static WindowVerdict.Kind first(LimitCase c) {
        LimitWindow window = new LimitWindow(c.rule, c.site);
        return window.judge(window.day(c.facts, c.day, c.day + HOUR), ONE, c.day).kind();
    }

    @ParameterizedTest
    @CsvSource({"79.9,COMPLIANT", "80,COMPLIANT", "80.000001,VIOLATION"})
    void aMeanOfTheLimitIsNoExceedance(double value, State state) {
        assertEquals(state, LimitCase.of(absolute(HOUR, 80, 0), ONE).hour("dust-1", 0, value).at(1).state());
    }

    @ParameterizedTest
    @CsvSource({
        // mean, background (-1 awaited), what the hour is
        "80,    -1,  GOOD",
        "80.01, -1,  UNDECIDED",
        "230,   -1,  UNDECIDED",
        "230.01,-1,  EXCEEDED",
        "180,   100, GOOD",
        "180.01,100, EXCEEDED",
        "230,   150, GOOD",
        "230,   400, GOOD",
        "230.01,400, EXCEEDED",
        "80.01, 0,   EXCEEDED",
    })
    void backgroundIsTakenOffUpToItsCap(double mean, double background, WindowVerdict.Kind kind) {
        LimitCase c = LimitCase.of(hebei(), ONE).hour("dust-1", 0, mean);
        if (background >= 0) {
            c.background(0, background);
        }
        assertEquals(kind, first(c));
    }

    @ParameterizedTest
    @CsvSource({
        // exceeded hours, undecided hours, state
        "0, 0, COMPLIANT", "2, 0, COMPLIANT", "3, 0, VIOLATION", "0, 2, COMPLIANT", "1, 1, COMPLIANT", "0, 3, UNKNOWN",
        "2, 1, UNKNOWN", "1, 2, UNKNOWN", "3, 9, VIOLATION",
    })
    void theAllowanceCountsKnownAndUndecidedHours(int exceeded, int undecided, State state) {
        LimitCase c = LimitCase.of(hebei(), ONE).backgrounds(0, 24, 20);
        c.hours("dust-1", 0, exceeded, 300);
        c.hours("dust-1", exceeded + undecided, 20, 50);
        Judgement said = c.at(20);
        assertEquals(state, said.state());
        assertEquals(exceeded > 0 && exceeded <= 2, codes(said).contains("allowance-used"));
        assertEquals((20.0 - exceeded - undecided) / 20, said.low());
        assertEquals((20.0 - exceeded) / 20, said.high());
        assertEquals((20.0 - undecided) / 20, said.capture());
    }

    @ParameterizedTest
    @CsvSource({"44,UNKNOWN", "45,COMPLIANT", "46,COMPLIANT"})
    void anHourNeedsFortyFiveMinutes(int minutes, State state) {
        LimitCase c = LimitCase.of(absolute(HOUR, 80, 0), ONE);
        assertEquals(state, c.fill("dust-1", c.day, minutes, 5).at(1).state());
    }

    @Test
    void theFirstPeriodMustBeDecided() {
        LimitCase c = LimitCase.of(hebei(), ONE).hour("dust-1", 0, 50);
        assertEquals(State.UNKNOWN, c.at(0.99).state());
        assertEquals(List.of("period-open"), codes(c.at(0.99)));
        assertEquals(c.day + HOUR, c.at(0.99).nextAt());
        assertEquals(State.COMPLIANT, c.at(1).state());
        assertEquals(c.day + 2 * HOUR, c.at(1).nextAt());
    }

    @Test
    void aDeadMonitorIsNeverCompliant() {
        LimitCase c = LimitCase.of(hebei(), ONE, TWO).hours("dust-1", 0, 2, 50);
        assertEquals(State.UNKNOWN, c.at(2).state());
        assertTrue(codes(c.at(2)).contains("capture"));
    }

    @Test
    void theWorstPointCountsAndEachHasItsOwnAllowance() {
        LimitCase c = LimitCase.of(hebei(), ONE, TWO).backgrounds(0, 4, 0);
        c.hours("dust-1", 0, 2, 200).hours("dust-1", 2, 4, 5);
        c.hours("dust-2", 0, 2, 5).hours("dust-2", 2, 4, 200);
        assertEquals(State.COMPLIANT, c.at(4).state());
        c.hours("dust-2", 4, 5, 200).hours("dust-1", 4, 5, 5).background(4, 0);
        Judgement said = c.at(5);
        assertEquals(State.VIOLATION, said.state());
        assertEquals(Standing.UNCLEAR, said.subjects().get(0).standing());
        Subject broken = said.subjects().get(1);
        assertEquals(Standing.BROKEN, broken.standing());
        assertEquals(3, broken.failures());
        assertEquals(OptionalDouble.of(200), broken.peak());
        assertEquals(OptionalDouble.of(80), broken.limit());
    }

    @Test
    void aLateBackgroundDecides() {
        LimitCase c = LimitCase.of(hebei(), ONE).hours("dust-1", 0, 4, 100);
        assertEquals(State.UNKNOWN, c.at(4).state());
        assertTrue(codes(c.at(4)).contains("background-awaited"));
        c.background(0, 90).background(1, 90);
        assertEquals(State.COMPLIANT, c.at(4).state());
        c.background(2, 0).background(3, 0);
        assertEquals(State.COMPLIANT, c.at(4).state());
    }

    @Test
    void theNearestRegionThatPublishesCounts() {
        LimitCase c = LimitCase.of(hebei(), ONE).hour("dust-1", 0, 200);
        RegionFacts province = new RegionFacts();
        province.add(
                new Observation.Background(
                        "130000", c.day, HOUR, new Values(Map.of(Quantity.PM10, new Values.Value(150, Flag.N)))),
                900);
        c.facts.bind(c.site, List.of(c.county, province));
        assertEquals(WindowVerdict.Kind.GOOD, first(c));
        c.background(0, 10);
        assertEquals(WindowVerdict.Kind.EXCEEDED, first(c));
    }

    @Test
    void aDayIsSealedWhenTheLastBackgroundHasComeOrAfterThreeHours() {
        LimitCase c = LimitCase.of(hebei(), ONE).hours("dust-1", 0, 24, 100).backgrounds(0, 23, 50);
        assertEquals(c.day + DAY + 3 * HOUR, c.judge.sealAt(c.facts, c.day, c.day + DAY));
        c.background(23, 50);
        assertEquals(c.day + DAY + 10 * MINUTE, c.judge.sealAt(c.facts, c.day, c.day + DAY));
        LimitCase plain = LimitCase.of(absolute(HOUR, 80, 0), ONE);
        assertEquals(plain.day + DAY + 10 * MINUTE, plain.judge.sealAt(plain.facts, plain.day, plain.day + DAY));
    }

    @Test
    void theLastHourIsTheOldDaysAndMidnightClosesNoAlarm() {
        LimitCase c = LimitCase.registeredBefore(DAY, absolute(HOUR, 80, 0), ONE);
        c.hours("dust-1", -24, 23, 50).hour("dust-1", 23, 90);
        assertEquals(State.COMPLIANT, c.at(23.9).state());
        assertEquals(Standing.IN_ORDER, c.at(23.9).subjects().get(0).standing());
        Judgement next = c.at(24);
        assertEquals(State.UNKNOWN, next.state());
        assertEquals(c.day + DAY, next.from().getAsLong());
        assertEquals(Standing.BROKEN, next.subjects().get(0).standing());
        assertEquals(State.VIOLATION, c.sealed().state());
        c.hours("dust-1", 24, 48, 50);
        assertEquals(State.COMPLIANT, c.at(47.9).state());
        assertEquals(Standing.BROKEN, c.at(47.9).subjects().get(0).standing());
        assertEquals(Standing.IN_ORDER, c.at(48).subjects().get(0).standing());
    }

    @Test
    void timeBeforeRegistrationCountsInNoWindow() {
        LimitCase c = LimitCase.registeredBefore(-(HOUR + 17 * MINUTE), absolute(HOUR, 80, 0), ONE);
        c.fill("dust-1", c.day + HOUR, 60, 300).hour("dust-1", 2, 50);
        assertEquals(List.of("period-open"), codes(c.at(2)));
        assertEquals(State.COMPLIANT, c.at(3).state());
        assertEquals(1.0, c.at(3).low());
    }

    @Test
    void aWindowBegunBeforeRegistrationCountsWhereEnoughOfItWasMeasured() {
        LimitCase c = LimitCase.registeredBefore(-(HOUR + 15 * MINUTE), absolute(HOUR, 80, 0), ONE);
        c.fill("dust-1", c.day + HOUR + 15 * MINUTE, 45, 300);
        assertEquals(State.VIOLATION, c.at(2).state());
        assertEquals(0.75, c.at(2).capture());
    }

    @Test
    void theFirstReportIsOnItsWayWhenTheSiteIsRegistered() {
        LimitCase c = LimitCase.registeredBefore(-1_250, absolute(DAY, 80, 0), ONE);
        c.hours("dust-1", 0, 24, 80);
        assertEquals(State.COMPLIANT, c.sealed().state());
        assertEquals(1.0, c.sealed().capture());
        LimitCase late = LimitCase.registeredBefore(-1_250, absolute(HOUR, 80, 0), ONE).hour("dust-1", 1, 50);
        assertEquals(List.of("capture"), codes(late.at(2)));
    }

    @Test
    void anAbsenceOfOursIsNotTheMonitorsFault() {
        LimitCase c = LimitCase.of(absolute(HOUR, 80, 0), ONE).hour("dust-1", 0, 50);
        c.facts.watch(false, c.day + HOUR + 20 * MINUTE);
        c.facts.watch(true, c.day + HOUR + 50 * MINUTE);
        c.fill("dust-1", c.day + HOUR, 20, 50).fill("dust-1", c.day + HOUR + 50 * MINUTE, 10, 50);
        assertEquals(State.UNKNOWN, c.at(2).state());
        assertEquals(List.of("not-watching"), codes(c.at(2)));
        c.fill("dust-1", c.day + HOUR + 20 * MINUTE, 30, 50);
        assertEquals(State.COMPLIANT, c.at(2).state());
    }

    @Test
    void valuesAboveRangeStayAsEvidence() {
        LimitCase c = LimitCase.of(absolute(HOUR, 80, 0), ONE);
        c.fill("dust-1", c.day, 45, 50);
        for (int m = 45; m < 60; m++) {
            c.put("dust-1", c.day + m * MINUTE, 10_000, Flag.T);
        }
        assertEquals(State.COMPLIANT, c.at(1).state());
        assertEquals(List.of("above-range"), codes(c.at(1)));
        for (int m = 0; m < 60; m++) {
            c.put("dust-1", c.day + HOUR + m * MINUTE, 10_000, Flag.T);
        }
        assertEquals(State.UNKNOWN, c.at(2).state());
    }

    @ParameterizedTest
    @CsvSource({"2026-03-13,true", "2026-03-14,false"})
    void anExpiredVerificationMarksALeadOnly(LocalDate until, boolean lead) {
        Device meter = monitor("dust-1", Optional.empty(), Optional.of(until));
        Judgement said = LimitCase.of(absolute(HOUR, 80, 0), meter).hour("dust-1", 0, 300).at(1);
        assertEquals(lead, codes(said).contains("lead"));
        assertEquals(State.VIOLATION, said.state());
    }

    @ParameterizedTest
    @CsvSource({"92,true", "92.1,false"})
    void anExcessWithinTheMarginIsALead(double mean, boolean lead) {
        Judgement said = LimitCase.of(absolute(HOUR, 80, 0), ONE).hour("dust-1", 0, mean).at(1);
        assertEquals(lead, codes(said).contains("lead"));
        assertEquals(State.VIOLATION, said.state());
    }

    @Test
    void aDaySilentTooLongIsAViolationUnlessFiledOrOurs() {
        LimitCase c = LimitCase.of(absolute(HOUR, 80, 24), ONE);
        c.put("dust-1", c.day, 1, Flag.N);
        long last = c.day + 1000;
        assertEquals(State.UNKNOWN, c.judge.now(c.facts, last + DAY).state());
        Judgement said = c.judge.now(c.facts, last + DAY + 1);
        assertEquals(State.VIOLATION, said.state());
        assertTrue(codes(said).contains("monitoring-not-kept"));
        assertEquals(last + DAY + 1, c.judge.now(c.facts, last + DAY).nextAt());
        c.facts.file(new Outage("dust-1", c.day + HOUR, c.day + 2 * HOUR, "p", "repair"));
        assertFalse(codes(c.judge.now(c.facts, last + 25 * HOUR)).contains("monitoring-not-kept"));
        assertTrue(codes(c.judge.now(c.facts, last + 25 * HOUR + 1)).contains("monitoring-not-kept"));
        c.facts.watch(false, c.day + 3 * HOUR);
        c.facts.watch(true, c.day + 5 * HOUR);
        assertFalse(codes(c.judge.now(c.facts, last + 27 * HOUR)).contains("monitoring-not-kept"));
        assertTrue(codes(c.judge.now(c.facts, last + 27 * HOUR + 1)).contains("monitoring-not-kept"));
    }

    @ParameterizedTest
    @CsvSource({"true,,800", "false,,1000", "true,EARTHWORK,800", "true,STRUCTURE,700", "true,DECORATION,700"})
    void placeAndWorksChooseTheLimit(boolean builtUp, Work work, double limit) {
        List<Variant> variants = work == null
                ? List.of(new Variant(Optional.of(true), Set.of(), List.of(), 800))
                : List.of(new Variant(Optional.empty(), EnumSet.of(Work.EARTHWORK, Work.DEMOLITION), List.of(), 800));
        LimitRule rule = LimitCase.rule(
                HOUR, work == null ? 1000 : 700, Form.ABSOLUTE, OptionalDouble.empty(), 0, variants);
        LimitCase c = LimitCase.at(
                LimitCase.site("Asia/Shanghai", builtUp, work == null ? List.of() : List.of(LimitCase.phase(work)), List.of(ONE)),
                rule, LocalDate.of(2026, 3, 14));
        assertEquals(OptionalDouble.of(limit), c.judge.limitFor(c.facts, c.day));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29,23", "2026-10-25,25", "2026-06-01,24"})
    void aDayOfTheClockChangeHasItsOwnHours(LocalDate date, int hours) {
        LimitCase c = LimitCase.at(
                LimitCase.site("Europe/London", true, List.of(), List.of(ONE)), absolute(HOUR, 190, 0), date);
        c.hours("dust-1", 0, hours, 100);
        assertEquals(c.day + hours * HOUR, c.site.dayEnd(c.day));
        Judgement said = c.sealed();
        assertEquals(State.COMPLIANT, said.state());
        assertEquals(1.0, said.capture());
        c.fill("dust-1", c.day + (hours - 1) * HOUR, 60, 5000);
        assertEquals((hours - 1.0) / hours, c.sealed().low());
    }

    @Test
    void aSiteWithoutAMonitorIsUnknown() {
        Judgement said = LimitCase.of(hebei()).at(5);
        assertEquals(State.UNKNOWN, said.state());
        assertEquals(List.of("no-monitor"), codes(said));
    }

    @Test
    void anyOrderOfArrivalGivesTheSameJudgement() {
        Random random = new Random(3);
        List<double[]> values = new ArrayList<>();
        for (int m = 0; m < 6 * 60; m++) {
            if (random.nextInt(5) > 0) {
                values.add(new double[] {m, 100 + random.nextDouble() * 150, random.nextInt(40)});
            }
        }
        List<Integer> hours = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        Judgement first = null;
        for (int round = 0; round < 10; round++) {
            LimitCase c = LimitCase.of(hebei(), ONE, TWO);
            hours.subList(0, 5).forEach(h -> c.background(h, 30 + 30 * h));
            for (double[] v : values) {
                Flag flag = v[2] == 0 ? Flag.T : v[2] == 1 ? Flag.D : Flag.N;
                c.put(v[1] > 180 ? "dust-1" : "dust-2", c.day + (long) v[0] * MINUTE, v[1], flag);
            }
            Judgement said = c.at(6);
            if (first == null) {
                first = said;
            }
            assertTrue(first.saysTheSame(said));
            assertEquals(first.capture(), said.capture());
            Collections.shuffle(values, random);
            Collections.shuffle(hours.subList(0, 5), random);
        }
    }

    @Test
    void aDaysMeanIsJudgedAfterItsMidnight() {
        LimitCase c = LimitCase.of(absolute(DAY, 260, 0), ONE).hours("dust-1", 0, 24, 261);
        assertEquals(List.of("period-open"), codes(c.at(23.9)));
        assertEquals(Standing.UNCLEAR, c.at(23.9).subjects().get(0).standing());
        assertEquals(Standing.BROKEN, c.at(24).subjects().get(0).standing());
        assertEquals(State.VIOLATION, c.sealed().state());
        assertEquals(1, c.at(24).subjects().get(0).failures());
    }
}
