package dustwarden.core.judge;

import static dustwarden.core.judge.SiteCase.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.judge.SiteCase.PassageMaker;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Vehicle;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Text;
import dustwarden.core.model.Work;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.PassagesRule.Condition;
import dustwarden.core.rule.RuleHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exits: washing and sealed loads, doubles, frost, silence, the day and mending. */
class PassagesJudgeTest {
    private static RuleHead head(String id, String item) {
        return new RuleHead("henan-seven/" + id, item, new Text("规则", "rule"),
                new RuleHead.Citation("s", "c", Optional.empty(), Optional.empty(), Optional.empty(), "reported"),
                Optional.empty(), Optional.empty(),
                RuleHead.Priority.MEDIUM, 0, 0, 0, List.of(), "h");
    }

    private static PassagesRule washed() {
        return new PassagesRule(head("washing", "washing"), Condition.WASHED,
                Set.of(Vehicle.TRUCK, Vehicle.MIXER, Vehicle.OTHER_HEAVY), Set.of(), Set.of(), 30, 2, 120_000, 0.10,
                0.10, 10, false, Optional.empty(), Optional.empty());
    }

    private static PassagesRule sealed() {
        return new PassagesRule(head("sealed-transport", "sealed-transport"), Condition.SEALED,
                Set.of(Vehicle.TRUCK, Vehicle.OTHER_HEAVY), Set.of(Cargo.SPOIL, Cargo.SAND),
                Set.of(Work.HAULAGE, Work.EARTHWORK, Work.DEMOLITION), 30, 2, 120_000, 0.10, 0.10, 10, true,
                Optional.empty(), Optional.empty());
    }

    private static SiteCase heardUntil(String time) {
        return new SiteCase().gate("gate-a", false).gateDevice("wash-a", "gate-a").beat("wash-a", "00:00", time);
    }

    private static Judgement now(PassagesRule rule, SiteCase site, String time) {
        return new PassagesJudge(rule, site.site()).now(site.facts(at(time)), at(time));
    }

    private static List<String> codes(Judgement judged) {
        return judged.reasons().stream().map(Reason::code).distinct().toList();
    }

    private static PassageMaker exit(String time) {
        return new PassageMaker("wash-a", time);
    }

    @ParameterizedTest
    @CsvSource({
        "60,  YES,     CLEAN,   NO,      COMPLIANT",
        "-1,  UNKNOWN, CLEAN,   UNKNOWN, COMPLIANT",
        "-1,  NO,      CLEAN,   UNKNOWN, COMPLIANT",
        "29.9,YES,     UNKNOWN, UNKNOWN, UNKNOWN",
        "30,  YES,     UNKNOWN, UNKNOWN, COMPLIANT",
        "31,  YES,     UNKNOWN, UNKNOWN, COMPLIANT",
        "-1,  YES,     UNKNOWN, UNKNOWN, UNKNOWN",
        "95,  UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
        "-1,  UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
        "0,   NO,      UNKNOWN, UNKNOWN, VIOLATION",
        "95,  YES,     DIRTY,   UNKNOWN, VIOLATION",
        "95,  YES,     CLEAN,   YES,     VIOLATION",
    })
    void judgesOneWash(double seconds, Claim pump, Wheels wheels, Claim bypass, State expected) {
        SiteCase site = heardUntil("09:00").pass(exit("08:30").wash(seconds, pump, wheels).bypass(bypass));
        assertEquals(expected, now(washed(), site, "08:59").state());
    }

    @ParameterizedTest
    @CsvSource({"1.9, UNKNOWN", "2.0, UNKNOWN", "2.1, VIOLATION", ", VIOLATION"})
    void frostWaivesThePumpOnlyWithProof(Double celsius, State expected) {
        SiteCase site = heardUntil("09:00").monitor("dust-1").pass(exit("08:30").wash(0, Claim.NO, Wheels.UNKNOWN));
        if (celsius != null) {
            site.weather("dust-1", Quantity.TEMPERATURE, celsius, "08:00", "08:31");
        }
        assertEquals(expected, now(washed(), site, "08:59").state());
    }

    @Test
    void frostDoesNotWaiveCleanWheels() {
        SiteCase site = heardUntil("09:00").monitor("dust-1")
                .weather("dust-1", Quantity.TEMPERATURE, -5, "08:00", "08:31")
                .pass(exit("08:30").wash(60, Claim.YES, Wheels.DIRTY));
        assertEquals(State.VIOLATION, now(washed(), site, "08:59").state());
    }

    @ParameterizedTest
    @CsvSource({"TRUCK, VIOLATION", "MIXER, VIOLATION", "OTHER_HEAVY, VIOLATION", "CAR, NOT_APPLICABLE"})
    void carsNeedNoWash(Vehicle vehicle, State expected) {
        SiteCase site = heardUntil("09:00").pass(exit("08:30").vehicle(vehicle).wash(0, Claim.NO, Wheels.DIRTY));
        assertEquals(expected, now(washed(), site, "08:59").state());
    }

    @Test
    void entriesDoNotCount() {
        SiteCase site = heardUntil("09:00").pass(exit("08:30").in().wash(0, Claim.NO, Wheels.DIRTY));
        Judgement judged = now(washed(), site, "08:59");
        assertEquals(State.NOT_APPLICABLE, judged.state());
        assertEquals(List.of("no-exit"), codes(judged));
    }

    @Test
    void seventyNineOfEightyIsNotAHundredPercent() {
        SiteCase site = heardUntil("09:00");
        for (int i = 0; i < 79; i++) {
            site.pass(exit("07:%02d:%02d".formatted(i / 2, i % 2 * 30)).clean());
        }
        site.pass(exit("08:30").plate("豫G1").wash(0, Claim.NO, Wheels.UNKNOWN));
        Judgement judged = now(washed(), site, "08:59");
        assertEquals(State.VIOLATION, judged.state());
        assertEquals(79.0 / 80, judged.low());
        assertEquals(79.0 / 80, judged.high());
        assertEquals(List.of("passages-failed", "unwashed"), codes(judged));
    }

    @ParameterizedTest
    @CsvSource({"08:31:59, 1", "08:32:00, 1", "08:32:01, 2"})
    void onePlateWithinTwoMinutesIsOneExitAndTheWorseCounts(String second, int exits) {
        SiteCase site = heardUntil("09:00")
                .pass(exit("08:30").plate("豫G1").clean())
                .pass(exit(second).plate("豫G1").wash(0, Claim.NO, Wheels.DIRTY));
        Judgement judged = now(washed(), site, "08:59");
        assertEquals(State.VIOLATION, judged.state());
        assertEquals(exits == 1 ? 0 : 0.5, judged.high());
    }

    @Test
    void oneIdFromTwoDevicesIsOneExitUnlessThePlatesDiffer() {
        SiteCase same = heardUntil("09:00").gateDevice("wash-b", "gate-a")
                .pass(exit("08:30").id("7").plate("豫G1").clean())
                .pass(new PassageMaker("wash-b", "08:30:20").id("7"));
        assertEquals(0, now(washed(), same, "08:59").low());
        SiteCase other = heardUntil("09:00").gateDevice("wash-b", "gate-a")
                .pass(exit("08:30").id("7").plate("豫G1").clean())
                .pass(new PassageMaker("wash-b", "08:30:20").id("7").plate("豫G2"));
        assertEquals(0.5, now(washed(), other, "08:59").low());
    }

    @ParameterizedTest
    @CsvSource({"10, true, COMPLIANT", "9, true, UNKNOWN", "9, false, COMPLIANT"})
    void tooManyUnseenWheelsAreUnknownWhereACameraShouldSeeThem(int exits, boolean camera, State expected) {
        SiteCase site = new SiteCase().gate("gate-a", camera).gateDevice("wash-a", "gate-a").beat("wash-a", "00:00", "09:00");
        site.pass(exit("08:30").wash(40, Claim.YES, Wheels.UNKNOWN));
        for (int i = 1; i < exits; i++) {
            site.pass(exit("07:%02d".formatted(i)).clean());
        }
        assertEquals(expected, now(washed(), site, "08:59").state());
    }

    @Test
    void aGateSilentForOverATenthOfTheDayIsUnknown() {
        SiteCase site = heardUntil("09:00").pass(exit("08:30").clean());
        // Heard until 09:02; silent for a tenth of the day so far at 602 min.
        assertEquals(State.COMPLIANT, now(washed(), site, "10:02").state());
        assertEquals(State.UNKNOWN, now(washed(), site, "10:03").state());
        assertEquals(at("10:02:13.334"), now(washed(), site, "10:02").nextAt());
        site.pass(exit("08:40").wash(0, Claim.NO, Wheels.DIRTY));
        assertEquals(State.VIOLATION, now(washed(), site, "10:03").state());
    }

    @Test
    void noExitNeedsAProvenWatch() {
        assertEquals(State.NOT_APPLICABLE, now(washed(), heardUntil("09:00"), "09:01").state());
        Judgement silent = now(washed(), heardUntil("09:00"), "09:03");
        assertEquals(State.UNKNOWN, silent.state());
        assertEquals(List.of("silent"), codes(silent));
        assertEquals(0, silent.low());
        SiteCase never = new SiteCase().gate("gate-a", false).gateDevice("wash-a", "gate-a");
        assertEquals(List.of("never-heard"), codes(now(washed(), never, "00:01")));
        SiteCase nobody = new SiteCase().gate("gate-a", false);
        assertEquals(List.of("no-device"), codes(now(washed(), nobody, "09:00")));
        assertEquals(State.UNKNOWN, now(washed(), new SiteCase(), "09:00").state());
    }

    @Test
    void aGateThatIsHeardSoonAfterItsRegistrationWasNeverSilent() {
        SiteCase site = new SiteCase().countsFrom("08:00").gate("gate-a", false).gateDevice("wash-a", "gate-a")
                .beat("wash-a", "08:02", "08:10");
        assertEquals(State.UNKNOWN, now(washed(), site, "08:01").state());
        assertEquals(State.NOT_APPLICABLE, now(washed(), site, "08:02").state());
    }

    @Test
    void ourOwnAbsenceIsNotWatched() {
        SiteCase site = heardUntil("09:00").pass(exit("05:30").clean());
        SiteFacts facts = site.facts(at("08:59"));
        facts.watch(false, at("06:00"));
        facts.watch(true, at("08:00"));
        assertEquals(State.UNKNOWN, new PassagesJudge(washed(), site.site()).now(facts, at("08:59")).state());
    }

    @Test
    void midnightEndsTheDayAndMendsNothing() {
        SiteCase site = heardUntil("09:00").countsFrom("03-13T00:00").beat("wash-a", "03-13T00:00", "03-14T00:00")
                .pass(exit("03-13T23:59:59").wash(0, Claim.NO, Wheels.DIRTY));
        PassagesJudge judge = new PassagesJudge(washed(), site.site());
        SiteFacts facts = site.facts(at("09:00"));
        assertEquals(State.VIOLATION, judge.day(facts, at("03-13T00:00"), at("00:10")).orElseThrow().state());
        Judgement today = judge.now(facts, at("00:00"));
        assertEquals(State.NOT_APPLICABLE, today.state());
        assertEquals(Standing.BROKEN, today.subjects().get(0).standing());
        assertEquals(1, today.subjects().get(0).failures());
    }

    @ParameterizedTest
    @CsvSource({"9, BROKEN", "10, IN_ORDER", "11, IN_ORDER"})
    void tenGoodExitsInARowMendAGate(int good, Standing expected) {
        SiteCase site = heardUntil("09:00").pass(exit("07:00").clean()).pass(exit("07:10").wash(0, Claim.NO, Wheels.DIRTY));
        for (int i = 0; i < good; i++) {
            site.pass(exit("08:%02d".formatted(i * 3)).clean());
        }
        Subject gate = now(washed(), site, "08:59").subjects().get(0);
        assertEquals("gate-a", gate.id());
        assertEquals(expected, gate.standing());
    }

    @Test
    void anExitNobodySawBreaksTheRow() {
        SiteCase site = heardUntil("09:00").pass(exit("07:10").wash(0, Claim.NO, Wheels.DIRTY));
        for (int i = 0; i < 12; i++) {
            site.pass(i == 6 ? exit("08:18") : exit("08:%02d".formatted(i * 3)).clean());
        }
        assertEquals(Standing.BROKEN, now(washed(), site, "08:59").subjects().get(0).standing());
    }

    @ParameterizedTest
    @CsvSource({
        "YES,     SPOIL,    YES,     UNKNOWN, COMPLIANT",
        "YES,     SPOIL,    NO,      UNKNOWN, VIOLATION",
        "YES,     SPOIL,    UNKNOWN, UNKNOWN, UNKNOWN",
        "YES,     SPOIL,    YES,     YES,     VIOLATION",
        "YES,     ,         NO,      UNKNOWN, VIOLATION",
        "YES,     OTHER,    NO,      UNKNOWN, NOT_APPLICABLE",
        "YES,     CONCRETE, NO,      UNKNOWN, NOT_APPLICABLE",
        "NO,      SPOIL,    NO,      UNKNOWN, NOT_APPLICABLE",
        "UNKNOWN, SPOIL,    NO,      UNKNOWN, UNKNOWN",
        "UNKNOWN, ,         UNKNOWN, UNKNOWN, UNKNOWN",
        "UNKNOWN, NONE,     NO,      UNKNOWN, NOT_APPLICABLE",
        "YES,     NONE,     NO,      UNKNOWN, UNKNOWN",
    })
    void judgesOneLoad(Claim loaded, Cargo cargo, Claim covered, Claim overfull, State expected) {
        SiteCase site = heardUntil("09:00").pass(exit("08:30").load(loaded, cargo).covered(covered).overfull(overfull));
        assertEquals(expected, now(sealed(), site, "08:59").state());
    }

    @ParameterizedTest
    @CsvSource({"豫G1, SPOIL, COMPLIANT", "豫G2, SPOIL, VIOLATION", ", SPOIL, UNKNOWN", "豫G2, SAND, COMPLIANT"})
    void aSpoilTruckMustBeFiledWhereAListExists(String plate, Cargo cargo, State expected) {
        PassageMaker truck = exit("08:30").load(Claim.YES, cargo).covered(Claim.YES);
        SiteCase site = heardUntil("09:00").trucks("豫G1").pass(plate == null ? truck : truck.plate(plate));
        assertEquals(expected, now(sealed(), site, "08:59").state());
    }

    @Test
    void thePlanExemptsSealedTransportUntilALoadContradictsIt() {
        SiteCase site = heardUntil("09:00").phase(Work.DECORATION);
        assertEquals(List.of("not-planned"), codes(now(sealed(), site, "08:59")));
        assertEquals(State.NOT_APPLICABLE, now(sealed(), site, "20:00").state());
        site.pass(exit("08:30").load(Claim.YES, Cargo.SPOIL).covered(Claim.YES));
        Judgement judged = now(sealed(), site, "08:59");
        assertEquals(State.COMPLIANT, judged.state());
        assertEquals(List.of("plan-contradicted"), codes(judged));
    }

    @Test
    void theOrderOfArrivalChangesNothing() {
        SiteCase site = heardUntil("09:00").monitor("dust-1").weather("dust-1", Quantity.TEMPERATURE, 1, "07:00", "07:30")
                .pass(exit("08:30").plate("豫G1").clean())
                .pass(exit("08:31").plate("豫G1").received("08:36"))
                .pass(exit("08:32:30").plate("豫G1").wash(0, Claim.NO, Wheels.UNKNOWN).received("08:34"))
                .pass(exit("07:20").plate("豫G3").wash(0, Claim.NO, Wheels.UNKNOWN).received("07:29"))
                .pass(exit("08:40").plate("豫G4").wash(31, Claim.YES, Wheels.UNKNOWN));
        PassagesJudge judge = new PassagesJudge(washed(), site.site());
        Judgement straight = judge.now(site.facts(at("08:59")), at("08:59"));
        assertEquals(State.VIOLATION, straight.state());
        for (long seed = 0; seed < 50; seed++) {
            assertEquals(straight, judge.now(site.shuffled(at("08:59"), seed), at("08:59")));
        }
        assertTrue(straight.proof().size() == 3, straight.toString());
    }
}
