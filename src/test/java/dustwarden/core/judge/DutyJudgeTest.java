package dustwarden.core.judge;

import static dustwarden.core.judge.SiteCase.at;
import static dustwarden.core.model.Activity.DEMOLITION;
import static dustwarden.core.model.Activity.EARTHWORK;
import static dustwarden.core.model.Activity.LOADING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Text;
import dustwarden.core.model.Work;
import dustwarden.core.rule.DutyRule;
import dustwarden.core.rule.RuleHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wet work: grace, gap, share, flow, rain, frost, what nobody watched, midnight and mending. */
class DutyJudgeTest {
    private static final long MINUTE = 60_000;

    private static DutyRule rule(Activity activity, Set<Work> works, long grace, long gap, boolean frost, boolean watch) {
        RuleHead head = new RuleHead("henan-seven/wet-" + activity.wire(), "wet-work", new Text("规则", "rule"),
                new RuleHead.Citation("s", "c", Optional.empty(), Optional.empty(), Optional.empty(), "reported"),
                Optional.empty(), Optional.empty(),
                RuleHead.Priority.MEDIUM, 60_000, 0, 600_000, List.of(), "h");
        return new DutyRule(head, Set.of(activity), works, grace * MINUTE, gap * MINUTE, 0.90, 120 * MINUTE, 1, 0.2,
                60 * MINUTE, 2, 4, frost, watch, 10 * MINUTE);
    }

    private static DutyRule earthwork() {
        return rule(EARTHWORK, Set.of(Work.EARTHWORK), 5, 10, true, true);
    }

    private static DutyRule demolition() {
        return rule(DEMOLITION, Set.of(Work.DEMOLITION), 0, 2, false, true);
    }

    private static DutyRule loading() {
        return rule(LOADING, Set.of(), 5, 10, false, false);
    }

    private static SiteCase site() {
        return new SiteCase().sensor("dig", EARTHWORK).spray("spray", EARTHWORK).monitor("dust");
    }

    private static Judgement now(DutyRule rule, SiteCase site, String time) {
        return new DutyJudge(rule, site.site()).now(site.facts(at(time)), at(time));
    }

    private static Judgement day(DutyRule rule, SiteCase site, String midnight) {
        return new DutyJudge(rule, site.site()).day(site.facts(at(midnight) + 2 * 86_400_000), at(midnight), at(midnight) + 86_400_000)
                .orElseThrow();
    }

    private static List<String> codes(Judgement judged) {
        return judged.reasons().stream().map(Reason::code).distinct().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "08:04:59, COMPLIANT", "08:05, COMPLIANT", "08:14:59.999, COMPLIANT", "08:15, COMPLIANT",
        "08:15:00.001, VIOLATION", "08:16, VIOLATION"
    })
    void aDryGapMayLastTenMinutesBeyondTheGrace(String time, State expected) {
        SiteCase site = site().work("dig", EARTHWORK, false, "00:00", "08:00").work("dig", EARTHWORK, true, "08:00", "09:00")
                .water("spray", false, -1, "00:00", "09:00");
        assertEquals(expected, now(earthwork(), site, time).state());
    }

    @Test
    void saysWhenTimeAloneWillBreakIt() {
        SiteCase site = site().work("dig", EARTHWORK, false, "00:00", "08:00").work("dig", EARTHWORK, true, "08:00", "09:00")
                .water("spray", false, -1, "00:00", "09:00");
        assertEquals(at("08:15:00.001"), now(earthwork(), site, "08:14").nextAt());
        assertEquals(List.of("dry-gap"), codes(now(earthwork(), site, "08:15:00.001")));
    }

    @ParameterizedTest
    @CsvSource({"08:02, COMPLIANT", "08:02:00.001, VIOLATION"})
    void demolitionHasNoGraceAndTwoMinutes(String time, State expected) {
        SiteCase site = new SiteCase().sensor("dig", DEMOLITION).spray("spray", DEMOLITION)
                .work("dig", DEMOLITION, false, "00:00", "08:00").work("dig", DEMOLITION, true, "08:00", "09:00")
                .water("spray", false, -1, "00:00", "09:00");
        assertEquals(expected, now(demolition(), site, time).state());
    }

    @Test
    void theViolationStaysUntilMidnightAndTheShareIsSaid() {
        SiteCase site = site().work("dig", EARTHWORK, false, "00:00", "08:00").work("dig", EARTHWORK, true, "08:00", "09:00")
                .work("dig", EARTHWORK, false, "09:00", "23:59")
                .water("spray", false, -1, "00:00", "08:25").water("spray", true, 12, "08:25", "23:59");
        Judgement judged = now(earthwork(), site, "23:00");
        assertEquals(State.VIOLATION, judged.state());
        // 55 minutes beyond the grace, 35 of them wet.
        assertEquals(0.636, judged.low());
        assertEquals(0.636, judged.high());
    }

    @ParameterizedTest
    @CsvSource({"12, COMPLIANT", "1.0, COMPLIANT", "0.9, VIOLATION", "0, VIOLATION", "-1, COMPLIANT"})
    void aFlowBelowOneLitreIsOff(double flow, State expected) {
        SiteCase site = site().work("dig", EARTHWORK, true, "08:00", "09:00").countsFrom("08:00")
                .water("spray", true, flow, "08:00", "09:00");
        Judgement judged = now(earthwork(), site, "08:59");
        assertEquals(expected, judged.state());
        assertEquals(flow < 0 ? List.of("relay-only") : flow < 1 ? List.of("dry-gap") : List.of(), codes(judged));
    }

    @ParameterizedTest
    @CsvSource({"4, VIOLATION", "5, COMPLIANT"})
    void aPauseShorterThanTheGraceEarnsNoNewOne(int pause, State expected) {
        // 8 dry minutes beyond the grace, a pause, then dry work for 8 minutes more.
        String back = "08:%02d".formatted(13 + pause);
        String stop = "08:%02d".formatted(21 + pause);
        SiteCase site = site().countsFrom("08:00").work("dig", EARTHWORK, true, "08:00", "08:13")
                .work("dig", EARTHWORK, false, "08:13", back).work("dig", EARTHWORK, true, back, stop)
                .work("dig", EARTHWORK, false, stop, "09:00").water("spray", false, -1, "08:00", "09:00");
        assertEquals(expected, now(earthwork(), site, "08:59").state());
    }

    @ParameterizedTest
    @CsvSource({"11, 12, COMPLIANT", "12, 12, COMPLIANT", "13, 12, VIOLATION", "13, 11, COMPLIANT"})
    void theShareIsJudgedOnceTwoHoursWereWorked(int dry, int tens, State expected) {
        // Beyond the grace: tens times ten minutes, of which `dry` are dry, none in one gap over 9 minutes.
        SiteCase site = site().countsFrom("08:00").work("dig", EARTHWORK, true, "08:00", "08:05")
                .water("spray", true, 5, "08:00", "08:05");
        long from = at("08:05");
        int left = dry;
        for (int i = 0; i < tens * 10; i++) {
            boolean wet = left == 0 || i % 10 == 9;
            left -= wet ? 0 : 1;
            say(site, from + i * MINUTE, true, !wet);
        }
        long end = from + tens * 10 * MINUTE;
        for (int i = 0; i < 10; i++) {
            say(site, end + i * MINUTE, false, false);
        }
        long time = end + 5 * MINUTE;
        Judgement judged = new DutyJudge(earthwork(), site.site()).now(site.facts(time), time);
        assertEquals(expected, judged.state(), judged.toString());
        assertEquals(expected == State.VIOLATION ? List.of("share-low") : List.of(), codes(judged));
    }

    private static void say(SiteCase site, long at, boolean running, boolean dry) {
        site.say("dig", at, new dustwarden.core.model.Observation.Running("s", "dig", at, EARTHWORK, Optional.empty(), running));
        site.say("spray", at, new dustwarden.core.model.Observation.Spray("s", "spray", at, !dry, java.util.OptionalDouble.of(5)));
    }

    @Test
    void watchedAndIdleIsNotApplicable() {
        SiteCase site = site().work("dig", EARTHWORK, false, "00:00", "09:00");
        Judgement judged = now(earthwork(), site, "08:59");
        assertEquals(State.NOT_APPLICABLE, judged.state());
        assertEquals(List.of("no-work"), codes(judged));
    }

    @Test
    void unwatchedIsUnknown() {
        assertEquals(List.of("never-heard", "unwatched"), codes(now(earthwork(), site(), "08:00")));
        SiteCase silent = site().work("dig", EARTHWORK, false, "00:00", "09:00");
        assertEquals(State.NOT_APPLICABLE, now(earthwork(), silent, "09:01:59.999").state());
        Judgement judged = now(earthwork(), silent, "09:02");
        assertEquals(State.UNKNOWN, judged.state());
        assertEquals(List.of("silent", "unwatched"), codes(judged));
        assertEquals(0, judged.low());
    }

    @ParameterizedTest
    @CsvSource({"08:18, NOT_APPLICABLE", "08:19, UNKNOWN"})
    void anUnwatchedStretchCountsWhenItCouldHideAGap(String back, State expected) {
        // Silent from 08:02 on; grace and gap together hide in 15 minutes and more.
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, false, "07:00", "08:00")
                .work("dig", EARTHWORK, false, back, "09:00").water("spray", false, -1, "07:00", "09:00");
        Judgement judged = now(earthwork(), site, "08:59");
        assertEquals(back.equals("08:18") ? State.UNKNOWN : expected, judged.state());
        SiteCase shorter = site().countsFrom("07:00").work("dig", EARTHWORK, false, "07:00", "08:00")
                .work("dig", EARTHWORK, false, "08:17", "09:00").water("spray", false, -1, "07:00", "09:00");
        assertEquals(State.NOT_APPLICABLE, now(earthwork(), shorter, "08:59").state());
    }

    @Test
    void provenWaterCoversAnUnwatchedStretch() {
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, false, "07:00", "08:00")
                .work("dig", EARTHWORK, false, "08:40", "09:00").water("spray", true, 9, "07:00", "09:00");
        assertEquals(State.NOT_APPLICABLE, now(earthwork(), site, "08:59").state());
    }

    @Test
    void workUnderAnUnknownSprayIsNeverCompliant() {
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, true, "07:00", "09:00");
        for (String time : List.of("07:00", "07:04", "07:10", "07:20", "08:59")) {
            Judgement judged = now(earthwork(), site, time);
            assertEquals(State.UNKNOWN, judged.state(), time);
            assertEquals(List.of("never-heard", "spray-unknown"), codes(judged));
        }
        assertEquals(State.UNKNOWN, day(earthwork(), site, "00:00").state());
    }

    @Test
    void workWithoutAnySprayIsUnknown() {
        SiteCase site = new SiteCase().countsFrom("07:00").sensor("dig", EARTHWORK).spray("spray", LOADING)
                .work("dig", EARTHWORK, true, "07:00", "09:00");
        assertEquals(List.of("no-suppressor"), codes(now(earthwork(), site, "08:00")));
    }

    @Test
    void oneSprayOfSeveralIsEnough() {
        SiteCase site = site().countsFrom("07:00").spray("fog", EARTHWORK).work("dig", EARTHWORK, true, "07:00", "09:00")
                .water("spray", false, -1, "07:00", "09:00").water("fog", true, 3, "07:00", "09:00");
        assertEquals(State.COMPLIANT, now(earthwork(), site, "08:59").state());
    }

    @ParameterizedTest
    @CsvSource({"0.1, VIOLATION", "0.199, VIOLATION", "0.2, COMPLIANT", "3, COMPLIANT"})
    void rainOfTheLastHourExempts(double mm, State expected) {
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, true, "07:30", "08:00")
                .work("dig", EARTHWORK, false, "08:00", "09:00").work("dig", EARTHWORK, false, "07:00", "07:30")
                .water("spray", false, -1, "07:00", "09:00")
                .weather("dust", Quantity.RAIN, mm, "07:10", "07:11");
        Judgement judged = now(earthwork(), site, "08:59");
        assertEquals(expected, judged.state());
        assertEquals(expected == State.COMPLIANT ? List.of("exempt") : List.of("dry-gap"), codes(judged));
    }

    @ParameterizedTest
    @CsvSource({"10:15, COMPLIANT", "10:20, COMPLIANT", "10:20:00.001, VIOLATION"})
    void rainExemptsForAnHourAfterItFellBelow(String time, State expected) {
        // 0.2 mm at 08:10: enough until 09:10, exempt until 10:10, then a gap of ten minutes.
        SiteCase site = site().countsFrom("08:00").work("dig", EARTHWORK, true, "08:05", "10:30")
                .work("dig", EARTHWORK, false, "08:00", "08:05").water("spray", false, -1, "08:00", "10:30")
                .weather("dust", Quantity.RAIN, 0.2, "08:10", "08:11");
        assertEquals(expected, now(earthwork(), site, time).state());
    }

    @ParameterizedTest
    @CsvSource({"2.0, 3.9, COMPLIANT", "1.0, 4.0, VIOLATION", "2.1, 2.1, VIOLATION"})
    void frostExemptsEarthworkUntilFourDegrees(double first, double then, State expected) {
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, true, "07:00", "08:30")
                .water("spray", false, -1, "07:00", "08:30").weather("dust", Quantity.TEMPERATURE, first, "07:00", "07:30")
                .weather("dust", Quantity.TEMPERATURE, then, "07:30", "08:30");
        assertEquals(expected, now(earthwork(), site, "08:29").state());
    }

    @Test
    void silenceNeverProvesFrost() {
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, true, "07:00", "08:30")
                .water("spray", false, -1, "07:00", "08:30").weather("dust", Quantity.TEMPERATURE, -3, "07:00", "07:30");
        assertEquals(State.COMPLIANT, now(earthwork(), site, "07:42").state());
        assertEquals(State.VIOLATION, now(earthwork(), site, "07:44").state());
    }

    @Test
    void frostExemptsNoDemolition() {
        SiteCase site = new SiteCase().countsFrom("07:00").sensor("dig", DEMOLITION).spray("spray", DEMOLITION).monitor("dust")
                .work("dig", DEMOLITION, true, "07:00", "08:30").water("spray", false, -1, "07:00", "08:30")
                .weather("dust", Quantity.TEMPERATURE, -3, "07:00", "08:30");
        assertEquals(State.VIOLATION, now(demolition(), site, "08:00").state());
    }

    @Test
    void thePlanExemptsUntilAReportContradictsIt() {
        SiteCase site = site().phase(Work.DECORATION);
        assertEquals(List.of("not-planned"), codes(now(earthwork(), site, "08:00")));
        site.work("dig", EARTHWORK, true, "08:00", "08:30").water("spray", true, 4, "00:00", "09:00");
        Judgement judged = now(earthwork(), site, "08:20");
        assertTrue(codes(judged).contains("plan-contradicted"));
        assertNotEquals(State.NOT_APPLICABLE, judged.state());
    }

    @Test
    void loadingIsJudgedWhenReportedAndNotMissedOtherwise() {
        SiteCase site = new SiteCase().countsFrom("07:00").camera("cam").spray("spray", LOADING);
        assertEquals(State.NOT_APPLICABLE, now(loading(), site, "08:00").state());
        site.work("cam", LOADING, true, "08:00", "08:20").water("spray", false, -1, "08:00", "08:20");
        assertEquals(State.VIOLATION, now(loading(), site, "08:19").state());
        assertEquals(State.VIOLATION, now(loading(), site, "12:00").state());
    }

    @Test
    void aDryGapRunsOnOverMidnight() {
        SiteCase site = site().countsFrom("03-13T20:00").work("dig", EARTHWORK, false, "03-13T20:00", "03-13T23:47")
                .work("dig", EARTHWORK, true, "03-13T23:47", "00:10").work("dig", EARTHWORK, false, "00:10", "03:00")
                .water("spray", false, -1, "03-13T20:00", "03:00");
        // Beyond the grace from 23:52 on: too long at 00:02, so it is the new day's.
        assertEquals(State.COMPLIANT, day(earthwork(), site, "03-13T00:00").state());
        assertEquals(State.COMPLIANT, now(earthwork(), site, "00:02").state());
        assertEquals(State.VIOLATION, now(earthwork(), site, "00:02:00.001").state());
        assertEquals(State.VIOLATION, now(earthwork(), site, "02:59").state());
    }

    @Test
    void aBreachOfYesterdayThatGoesOnIsOneFailure() {
        SiteCase site = site().countsFrom("03-13T20:00").work("dig", EARTHWORK, true, "03-13T23:00", "00:10")
                .work("dig", EARTHWORK, false, "00:10", "03:00").water("spray", false, -1, "03-13T20:00", "03:00");
        assertEquals(State.VIOLATION, day(earthwork(), site, "03-13T00:00").state());
        Judgement today = now(earthwork(), site, "00:00");
        assertEquals(State.VIOLATION, today.state());
        assertEquals(1, today.subjects().get(0).failures());
        assertEquals(Standing.BROKEN, today.subjects().get(0).standing());
    }

    @ParameterizedTest
    @CsvSource({"08:39:59.999, BROKEN", "08:40, IN_ORDER", "12:00, IN_ORDER"})
    void tenWetMinutesMend(String time, Standing expected) {
        SiteCase site = site().countsFrom("08:00").work("dig", EARTHWORK, true, "08:00", "08:50")
                .work("dig", EARTHWORK, false, "08:50", "13:00")
                .water("spray", false, -1, "08:00", "08:30").water("spray", true, 8, "08:30", "13:00");
        Subject subject = now(earthwork(), site, time).subjects().get(0);
        assertEquals("earthwork", subject.id());
        assertEquals(expected, subject.standing());
        assertEquals(State.VIOLATION, now(earthwork(), site, time).state());
    }

    @Test
    void theEndOfWorkMendsNothingAndNeitherDoesMidnight() {
        SiteCase site = site().countsFrom("03-13T08:00").work("dig", EARTHWORK, true, "03-13T08:00", "03-13T08:30")
                .work("dig", EARTHWORK, false, "03-13T08:30", "09:00").water("spray", false, -1, "03-13T08:00", "09:00");
        Judgement judged = now(earthwork(), site, "08:59");
        assertEquals(State.NOT_APPLICABLE, judged.state());
        assertEquals(Standing.BROKEN, judged.subjects().get(0).standing());
        assertEquals(1, judged.subjects().get(0).failures());
    }

    @Test
    void theOrderOfArrivalChangesNothing() {
        SiteCase site = site().countsFrom("07:00").work("dig", EARTHWORK, true, "07:10", "07:58")
                .work("dig", EARTHWORK, false, "07:58", "09:00").water("spray", true, 3, "07:00", "07:30")
                .water("spray", false, -1, "07:30", "07:42").water("spray", true, -1, "07:42", "09:00")
                .weather("dust", Quantity.TEMPERATURE, 1.5, "07:35", "07:39");
        DutyJudge judge = new DutyJudge(earthwork(), site.site());
        Judgement straight = judge.now(site.facts(at("08:59")), at("08:59"));
        for (long seed = 0; seed < 30; seed++) {
            Judgement mixed = judge.now(site.shuffled(at("08:59"), seed), at("08:59"));
            assertEquals(straight, mixed);
        }
    }
}
