package dustwarden.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.command.SprayMachine.Step;
import dustwarden.core.model.Device;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.core.model.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a spray starts and stops, by a clock that the test moves minute by minute. */
class SprayMachineTest {
    private static final SprayTerms TERMS = on(SprayTerms.DEFAULT);
    private final SiteAir air = new SiteAir();
    private final List<Step> steps = new ArrayList<>();
    private SprayMemory memory = new SprayMemory();
    private Site site;
    private Device spray;
    private SprayMachine machine;
    private long now;
    private boolean obeys = true;
    private double temperature = 15;
    private double rain;
    private boolean speaks = true;

    private static SprayTerms on(SprayTerms t) {
        return new SprayTerms(SprayTerms.Mode.ON, t.start(), t.stopShare(), t.startFor(), t.stopFor(), t.minRun(), t.minPause(),
                t.maxRun(), t.maxDay(), t.frost(), t.rain(), t.stale(), t.answer(), t.effectAfter(), t.effectDrop());
    }

    @BeforeEach
    void site() throws Exception {
        site = SprayViewTest.site(new YAMLMapper(), new Problems());
        spray = site.device("fog-1").orElseThrow();
        machine = new SprayMachine(site, spray, TERMS, memory);
        now = Instant.parse("2026-05-14T02:00:00Z").toEpochMilli();
    }

    /** Lets minutes pass with so much PM10 at the site and upwind of it. */
    private void minutes(int minutes, double pm10, double upwind) {
        for (int i = 0; i < minutes; i++) {
            now += 60_000;
            if (speaks) {
                Map<Quantity, Values.Value> values = new HashMap<>(Map.of(
                        Quantity.PM10, new Values.Value(pm10, Flag.N), Quantity.TEMPERATURE, new Values.Value(temperature, Flag.N),
                        Quantity.WIND_DIRECTION, new Values.Value(45, Flag.N), Quantity.RAIN, new Values.Value(rain, Flag.N)));
                air.take(new Reading(site.id(), "dust-1", now, OptionalLong.empty(), new Values(values)), now);
                air.take(new Reading(site.id(), "dust-2", now, OptionalLong.empty(),
                        new Values(Map.of(Quantity.PM10, new Values.Value(upwind, Flag.N)))), now);
            }
            for (Optional<Step> step = machine.due(air, now); step.isPresent(); step = machine.due(air, now)) {
                steps.add(step.get());
                if (obeys && step.get() instanceof Step.Command c) {
                    machine.reported(c.on(), now);
                }
            }
        }
    }

    private List<String> commands() {
        return steps.stream().filter(s -> s instanceof Step.Command).map(s -> (Step.Command) s)
                .map(c -> (c.on() ? "on " : "off ") + c.reason()).toList();
    }

    @Test
    void startsAfterThreeMinutesAboveAndStopsAfterFiveBelowTheLowerMark() {
        minutes(3, 151, 60);
        assertEquals(List.of(), commands());
        minutes(2, 151, 60);
        assertEquals(List.of("on pm10-above-150"), commands());
        minutes(12, 130, 60);
        assertEquals(1, commands().size(), "between the marks it goes on");
        minutes(7, 100, 60);
        assertEquals(List.of("on pm10-above-150", "off pm10-below-120"), commands());
    }

    @Test
    void exactlyAtTheMarkItDoesNotStart() {
        minutes(30, 150, 60);
        assertEquals(List.of(), commands());
    }

    @Test
    void runsAtLeastTenMinutesAndRestsAtLeastFive() {
        minutes(5, 300, 60);
        minutes(8, 50, 60);
        assertEquals(1, commands().size(), "not before ten minutes");
        minutes(1, 50, 60);
        assertEquals(List.of("on pm10-above-150", "off pm10-below-120"), commands());
        minutes(4, 300, 60);
        assertEquals(2, commands().size(), "it rests");
        minutes(1, 300, 60);
        assertEquals(3, commands().size());
    }

    @Test
    void stopsAfterThirtyMinutesAndAtTheDaysMost() {
        minutes(36, 400, 60);
        assertEquals(List.of("on pm10-above-150", "off longest-run"), commands());
        minutes(600, 400, 60);
        assertTrue(commands().contains("off day-used-up"), commands().toString());
        long ran = memory.ranMs;
        assertTrue(ran >= Duration.ofHours(4).toMillis() && ran <= Duration.ofMinutes(242).toMillis(), "ran " + ran);
        int told = commands().size();
        minutes(60, 400, 60);
        assertEquals(told, commands().size());
    }

    @Test
    void frostAndRainKeepItOffAndEndARun() {
        temperature = 2;
        minutes(10, 300, 60);
        assertEquals(List.of(), commands());
        temperature = 3;
        minutes(1, 300, 60);
        assertEquals(1, commands().size());
        rain = 0.3;
        minutes(1, 300, 60);
        assertEquals(List.of("on pm10-above-150", "off rain"), commands());
    }

    @Test
    void withoutAThermometerItStaysOffInWinter() {
        now = Instant.parse("2026-01-14T02:00:00Z").toEpochMilli();
        for (int i = 0; i < 10; i++) {
            now += 60_000;
            air.take(new Reading(site.id(), "dust-1", now, OptionalLong.empty(),
                    new Values(Map.of(Quantity.PM10, new Values.Value(400, Flag.N)))), now);
            assertEquals(Optional.empty(), machine.due(air, now));
        }
    }

    @Test
    void aSourceThatFellSilentStartsNothingAndTheRunEndsByItself() {
        minutes(3, 300, 60);
        speaks = false;
        minutes(10, 0, 0);
        assertEquals(List.of(), commands());
        speaks = true;
        minutes(5, 300, 60);
        assertEquals(1, commands().size());
        speaks = false;
        minutes(31, 0, 0);
        assertEquals("off longest-run", commands().get(1));
    }

    @Test
    void aDeviceThatDoesNotAnswerIsToldOfOnceAndLeftAlone() {
        obeys = false;
        minutes(7, 300, 60);
        assertEquals(1, steps.stream().filter(s -> s instanceof Step.Unanswered).count(), steps.toString());
        assertEquals(1, commands().size());
    }

    @Test
    void theEffectIsHeldAgainstTheUpwindMonitor() {
        minutes(5, 300, 60);
        minutes(12, 180, 60);
        Step.Effect good = (Step.Effect) steps.stream().filter(s -> s instanceof Step.Effect).findFirst().orElseThrow();
        assertTrue(good.effective());
        assertEquals("upwind", good.reference());
        assertEquals(240, good.before(), 0.01);
        assertEquals(120, good.after(), 0.01);
    }

    @Test
    void dustThatFellUpwindAsWellIsNoEffect() {
        minutes(5, 400, 200);
        minutes(12, 290, 90);
        Step.Effect none = (Step.Effect) steps.stream().filter(s -> s instanceof Step.Effect).findFirst().orElseThrow();
        assertFalse(none.effective(), none.toString());
    }

    @Test
    void aPersonsWordHoldsUntilItsEnd() {
        Step.Command on = assertInstanceOf(Step.Command.class,
                machine.override(Optional.of(true), now + Duration.ofMinutes(20).toMillis(), now).orElseThrow());
        machine.reported(on.on(), now);
        minutes(19, 20, 20);
        assertEquals(List.of(), commands());
        minutes(2, 20, 20);
        assertEquals(List.of("off manual-over"), commands());
        steps.clear();
        machine.override(Optional.of(false), now + Duration.ofMinutes(20).toMillis(), now);
        machine.reported(false, now);
        minutes(15, 500, 20);
        assertEquals(List.of(), commands());
    }

    @Test
    void whatItKnowsOutlastsARestart() throws Exception {
        minutes(8, 300, 60);
        ObjectMapper json = new ObjectMapper();
        memory = json.readValue(json.writeValueAsString(memory), SprayMemory.class);
        machine = new SprayMachine(site, spray, TERMS, memory);
        steps.clear();
        minutes(40, 400, 60);
        assertEquals("off longest-run", commands().get(0));
    }
}
