package dustwarden.core.judge;

import static dustwarden.core.judge.SiteCase.at;
import static dustwarden.core.model.Activity.DEMOLITION;
import static dustwarden.core.model.Activity.EARTHWORK;
import static dustwarden.core.model.Activity.HAULAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dustwarden.core.judge.SiteCase.PassageMaker;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Order;
import dustwarden.core.model.Observation.Vehicle;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Text;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.BanRule.Cause;
import dustwarden.core.rule.RuleHead;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bans: orders and whom they exempt, wind, night and permits, what runs, what nobody watches, the day's record. */
class BanJudgeTest {
    private static BanRule rule(Cause cause, Activity... bans) {
        RuleHead head = new RuleHead("henan-seven/" + cause, "restrictions", new Text("规则", "rule"),
                new RuleHead.Citation("s", "c", Optional.empty(), Optional.empty(), Optional.empty(), "reported"),
                Optional.empty(), Optional.empty(),
                RuleHead.Priority.HIGH, 60_000, 60_000, 0, List.of(), "h");
        return new BanRule(head, cause, Set.of(bans), 8.0, 600_000, LocalTime.of(22, 0), LocalTime.of(6, 0), "night",
                0.75, 600_000);
    }

    private static RegionFacts region(Order... orders) {
        RegionFacts region = new RegionFacts();
        for (Order order : orders) {
            region.add(order);
        }
        return region;
    }

    private static Order order(String id, String from, String to, List<String> exempt, Activity... bans) {
        return new Order("410000", at(from), at(to), id, "pollution", Optional.of("red"), List.of(bans), exempt);
    }

    private static Judgement now(BanRule rule, SiteCase site, String time) {
        return new BanJudge(rule, site.site()).now(site.facts(at(time)), at(time));
    }

    private static State day(BanRule rule, SiteCase site, String midnight) {
        long end = at(midnight) + 86_400_000;
        return new BanJudge(rule, site.site()).day(site.facts(end), at(midnight), end).orElseThrow().state();
    }

    private static List<String> codes(Judgement judged) {
        return judged.reasons().stream().map(Reason::code).distinct().toList();
    }

    private static SiteCase digging(boolean running) {
        return new SiteCase().countsFrom("07:00").sensor("dig", EARTHWORK).work("dig", EARTHWORK, running, "07:00", "10:00");
    }

    @ParameterizedTest
    @CsvSource({
        "07:59:59.999, NOT_APPLICABLE", "08:00, VIOLATION", "08:59:59.999, VIOLATION", "09:00, NOT_APPLICABLE"
    })
    void anOrderBansFromItsStartToItsEnd(String time, State expected) {
        SiteCase site = digging(true).region(region(order("o1", "08:00", "09:00", List.of(), EARTHWORK)));
        Judgement judged = now(rule(Cause.ORDER), site, time);
        assertEquals(expected, judged.state());
        assertEquals(expected == State.VIOLATION ? List.of("ban-broken") : List.of("no-restriction"), codes(judged));
    }

    @Test
    void knowsWhenAnOrderBegins() {
        SiteCase site = digging(true).region(region(order("o1", "08:00", "09:00", List.of(), EARTHWORK)));
        assertEquals(at("08:00"), now(rule(Cause.ORDER), site, "07:30").nextAt());
    }

    @Test
    void idleIsCompliantAndUnwatchedIsUnknown() {
        RegionFacts red = region(order("o1", "08:00", "09:00", List.of(), EARTHWORK));
        assertEquals(State.COMPLIANT, now(rule(Cause.ORDER), digging(false).region(red), "08:30").state());
        SiteCase nobody = new SiteCase().countsFrom("07:00").region(red);
        assertEquals(State.UNKNOWN, now(rule(Cause.ORDER), nobody, "08:30").state());
        RegionFacts both = region(order("o1", "08:00", "09:00", List.of(), EARTHWORK, DEMOLITION));
        Judgement half = now(rule(Cause.ORDER), digging(false).region(both), "08:30");
        assertEquals(State.UNKNOWN, half.state());
        assertEquals(0.5, half.low());
        assertEquals(1.0, half.high());
    }

    @Test
    void theRecordOfTheDayStaysWhenTheWorkStops() {
        SiteCase site = new SiteCase().countsFrom("07:00").sensor("dig", EARTHWORK)
                .work("dig", EARTHWORK, false, "07:00", "08:10").work("dig", EARTHWORK, true, "08:10", "08:20")
                .work("dig", EARTHWORK, false, "08:20", "10:00")
                .region(region(order("o1", "08:00", "09:00", List.of(), EARTHWORK)));
        assertEquals(State.COMPLIANT, now(rule(Cause.ORDER), site, "08:05").state());
        assertEquals(State.VIOLATION, now(rule(Cause.ORDER), site, "08:10").state());
        Judgement stopped = now(rule(Cause.ORDER), site, "08:20");
        assertEquals(State.COMPLIANT, stopped.state());
        assertEquals(Standing.IN_ORDER, stopped.subjects().get(Activity.EARTHWORK.ordinal()).standing());
        assertEquals(State.VIOLATION, day(rule(Cause.ORDER), site, "00:00"));
    }

    @Test
    void anExemptSiteMayWork() {
        SiteCase site = digging(true).region(region(order("o1", "08:00", "09:00", List.of("s"), EARTHWORK)));
        assertEquals(State.NOT_APPLICABLE, now(rule(Cause.ORDER), site, "08:30").state());
    }

    @Test
    void theNearestRegionWithAnOrderDecides() {
        SiteCase site = digging(true).region(region(order("near", "08:00", "08:30", List.of(), DEMOLITION)))
                .region(region(order("far", "08:00", "09:00", List.of(), EARTHWORK)));
        assertEquals(State.UNKNOWN, now(rule(Cause.ORDER), site, "08:29").state());
        assertEquals(State.VIOLATION, now(rule(Cause.ORDER), site, "08:30").state());
    }

    @Test
    void anEarlierEndLiftsAnOrder() {
        SiteCase site = digging(true).region(region(
                order("o1", "08:00", "20:00", List.of(), EARTHWORK), order("o1", "08:00", "08:30", List.of(), EARTHWORK)));
        assertEquals(State.NOT_APPLICABLE, now(rule(Cause.ORDER), site, "08:31").state());
    }

    @ParameterizedTest
    @CsvSource({"7.9, NOT_APPLICABLE", "8.0, VIOLATION", "8.1, VIOLATION"})
    void windOfLevelFiveBans(double speed, State expected) {
        SiteCase site = digging(true).monitor("dust").weather("dust", Quantity.WIND_SPEED, speed, "07:00", "08:00");
        assertEquals(expected, now(rule(Cause.WIND, EARTHWORK), site, "07:59").state());
    }

    @Test
    void aGustIsNoTenMinuteMean() {
        SiteCase site = digging(true).monitor("dust").weather("dust", Quantity.WIND_SPEED, 5, "07:00", "07:50")
                .weather("dust", Quantity.WIND_SPEED, 12, "07:50", "07:54").weather("dust", Quantity.WIND_SPEED, 5, "07:54", "08:30");
        for (String time : List.of("07:51", "07:53", "07:55", "08:00")) {
            assertEquals(State.NOT_APPLICABLE, now(rule(Cause.WIND, EARTHWORK), site, time).state(), time);
        }
    }

    @ParameterizedTest
    @CsvSource({"07:06, wind-unknown", "07:07, ban-broken", "08:01:59.999, ban-broken", "08:02, wind-unknown"})
    void unheardWindBansNothing(String time, String code) {
        SiteCase site = digging(true).monitor("dust").weather("dust", Quantity.WIND_SPEED, 9, "07:00", "08:00");
        Judgement judged = now(rule(Cause.WIND, EARTHWORK), site, time);
        assertEquals(List.of(code), codes(judged));
        assertEquals(code.equals("wind-unknown") ? State.NOT_APPLICABLE : State.VIOLATION, judged.state());
    }

    private static SiteCase gate() {
        return new SiteCase().countsFrom("03-13T12:00").gate("gate-a", false).gateDevice("wash-a", "gate-a")
                .beat("wash-a", "03-13T12:00", "08:00");
    }

    private static PassageMaker truck(String time) {
        return new PassageMaker("wash-a", time).load(Claim.YES, Cargo.SPOIL);
    }

    @ParameterizedTest
    @CsvSource({
        "03-13T21:55, 03-13T21:59, NOT_APPLICABLE", "03-13T21:55, 03-13T22:00, VIOLATION",
        "03-13T21:50, 03-13T22:00, COMPLIANT", "02:00, 02:00, VIOLATION", "02:00, 02:09:59.999, VIOLATION",
        "02:00, 02:10, COMPLIANT", "05:59, 05:59:59.999, VIOLATION", "05:59, 06:00, NOT_APPLICABLE"
    })
    void aLoadedTruckIsHaulageForTenMinutesOfTheNight(String passage, String time, State expected) {
        assertEquals(expected, now(rule(Cause.NIGHT, HAULAGE), gate().pass(truck(passage)), time).state());
    }

    @Test
    void aPermitCoversTheNight() {
        SiteCase site = gate().pass(truck("02:00")).permit("03-13T22:00", "06:00");
        assertEquals(State.NOT_APPLICABLE, now(rule(Cause.NIGHT, HAULAGE), site, "02:01").state());
        SiteCase ended = gate().pass(truck("02:00")).permit("03-13T22:00", "02:00");
        assertEquals(State.VIOLATION, now(rule(Cause.NIGHT, HAULAGE), ended, "02:01").state());
    }

    @Test
    void nightHaulageNeedsAWatchToBeRuledOut() {
        assertEquals(State.COMPLIANT, now(rule(Cause.NIGHT, HAULAGE), gate(), "02:00").state());
        SiteCase nobody = new SiteCase().countsFrom("03-13T12:00");
        assertEquals(State.UNKNOWN, now(rule(Cause.NIGHT, HAULAGE), nobody, "02:00").state());
        SiteCase perhaps = gate().pass(new PassageMaker("wash-a", "02:00"));
        assertEquals(State.UNKNOWN, now(rule(Cause.NIGHT, HAULAGE), perhaps, "02:01").state());
        SiteCase empty = gate().pass(new PassageMaker("wash-a", "02:00").load(Claim.NO, null));
        assertEquals(State.COMPLIANT, now(rule(Cause.NIGHT, HAULAGE), empty, "02:01").state());
        SiteCase mixer = gate().pass(truck("02:00").vehicle(Vehicle.MIXER));
        assertEquals(State.COMPLIANT, now(rule(Cause.NIGHT, HAULAGE), mixer, "02:01").state());
    }

    @Test
    void theOrderOfArrivalChangesNothing() {
        SiteCase site = gate().sensor("haul", HAULAGE).work("haul", HAULAGE, false, "00:00", "01:00")
                .work("haul", HAULAGE, true, "01:00", "01:05").work("haul", HAULAGE, false, "01:05", "06:00")
                .pass(truck("02:00")).pass(truck("02:08").received("02:15"));
        BanJudge judge = new BanJudge(rule(Cause.NIGHT, HAULAGE), site.site());
        for (String time : List.of("01:03", "02:05", "02:16", "02:30")) {
            Judgement straight = judge.now(site.facts(at(time)), at(time));
            for (long seed = 0; seed < 10; seed++) {
                assertEquals(straight, judge.now(site.shuffled(at(time), seed), at(time)));
            }
        }
    }
}
