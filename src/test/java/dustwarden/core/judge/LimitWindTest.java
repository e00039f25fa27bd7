package dustwarden.core.judge;

import static dustwarden.core.judge.LimitCase.MINUTE;
import static dustwarden.core.judge.LimitCase.codes;
import static dustwarden.core.judge.LimitCase.monitor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.model.Device;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values.Value;
import dustwarden.core.rule.LimitRule.Form;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downwind minus upwind: which monitor is which, and when nobody can say. */
class LimitWindTest {
    @ParameterizedTest
    @CsvSource({
        // from, speed, north, south, state, reason
        "0,   3,   50,  150, COMPLIANT, ",
        "0,   3,   50,  151, VIOLATION, exceedance",
        "350, 3,   50,  151, VIOLATION, exceedance",
        "180, 3,   50,  151, COMPLIANT, ",
        "180, 3,   151, 50,  VIOLATION, exceedance",
        "60,  3,   50,  151, VIOLATION, exceedance",
        "61,  3,   50,  151, UNKNOWN,   no-upwind-pair",
        "90,  3,   50,  151, UNKNOWN,   no-upwind-pair",
        "0,   0.4, 50,  151, UNKNOWN,   wind-calm",
        "0,   -1,  50,  151, UNKNOWN,   wind-unknown",
    })
    void theWindSaysWhichMonitorIsDownwind(
            double from, double speed, double north, double south, State state, String reason) {
        LimitCase c = LimitCase.of(
                LimitCase.rule(15 * MINUTE, 100, Form.DOWNWIND_MINUS_UPWIND, OptionalDouble.empty(), 0, List.of()),
                monitor("dust-n", "N"), monitor("dust-s", "S"));
        for (int m = 0; m < 15; m++) {
            Map<Quantity, Value> values = new EnumMap<>(Quantity.class);
            values.put(Quantity.PM10, new Value(north, Flag.N));
            if (speed >= 0) {
                values.put(Quantity.WIND_SPEED, new Value(speed, Flag.N));
                values.put(Quantity.WIND_DIRECTION, new Value(from, Flag.N));
            }
            c.put("dust-n", c.day + m * MINUTE, values);
            c.put("dust-s", c.day + m * MINUTE, south, Flag.N);
        }
        Judgement said = c.at(0.25);
        assertEquals(state, said.state());
        if (reason != null) {
            assertTrue(codes(said).contains(reason), said.reasons().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"22.5, true", "82.5, true", "82.6, false", "322.5, true", "322.4, false"})
    void aSideMayBeAnyOfSixteenPoints(double from, boolean upwind) {
        Device monitor = monitor("dust-1", "NNE");
        assertEquals(upwind, new MeanWind(from, 1, Optional.empty()).upwind(List.of(monitor)).isPresent());
        assertEquals(upwind, new MeanWind(from - 180, 1, Optional.empty()).downwind(List.of(monitor)).contains(monitor));
    }

    @Test
    void theMeanIsAVectorAndWeighsBySpeed() {
        LimitCase c = LimitCase.of(LimitCase.hebei(), monitor("dust-1", "N"));
        wind(c, 0, 350, 2);
        wind(c, 1, 10, 2);
        assertEquals(0, MeanWind.over(c.facts, c.site.devices(), c.day, c.day + 15 * MINUTE).from(), 1e-9);
        wind(c, 2, 90, 40);
        assertEquals(85, MeanWind.over(c.facts, c.site.devices(), c.day, c.day + 15 * MINUTE).from(), 1);
        wind(c, 3, 270, 40);
        wind(c, 4, 180, 3.94);
        assertEquals(
                Optional.of("wind-calm"),
                MeanWind.over(c.facts, c.site.devices(), c.day, c.day + 15 * MINUTE).cause());
    }

    private static void wind(LimitCase c, int minute, double from, double speed) {
        c.put("dust-1", c.day + minute * MINUTE, Map.of(
                Quantity.WIND_SPEED, new Value(speed, Flag.N), Quantity.WIND_DIRECTION, new Value(from, Flag.N)));
    }
}
