package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.RulebookReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limit rulebooks that ship say what their standards say. */
class LimitRulebooksTest {
    private static Rulebook read(String id) {
        ObjectNode json = (ObjectNode) Shipped.read("devices/rulebooks/" + id + ".yaml").json();
        json.remove("cases");
        return RulebookReader.read(json, "h", new Problems()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "hebei-db13-2934-2019,    pm10-hour,       pm10, PT1H,  80,   ABOVE_BACKGROUND,      2, reported",
        "gb-16297-1996,           tsp-hour,        tsp,  PT1H,  1000, ABSOLUTE,              0, reported",
        "shanghai-db31-964-2016,  tsp-15min-high,  tsp,  PT15M, 2000, ABSOLUTE,              1, unconfirmed",
        "shanghai-db31-964-2016,  tsp-15min,       tsp,  PT15M, 1000, ABSOLUTE,              6, unconfirmed",
        "shaanxi-db61-1078-2017,  tsp-hour,        tsp,  PT1H,  700,  ABOVE_BACKGROUND,      0, reported",
        "liaoning-db21-2642-2016, tsp-5min,        tsp,  PT5M,  1000, ABSOLUTE,              0, reported",
        "uk-iaqm-2018,            pm10-hour,       pm10, PT1H,  190,  ABSOLUTE,              0, unconfirmed",
        "ny-camp,                 pm10-action,     pm10, PT15M, 100,  DOWNWIND_MINUS_UPWIND, 0, unconfirmed",
        "ny-camp,                 pm10-stop,       pm10, PT15M, 150,  DOWNWIND_MINUS_UPWIND, 0, reported",
        "hk-ema,                  tsp-hour,        tsp,  PT1H,  500,  ABSOLUTE,              0, reported",
        "hk-ema,                  tsp-day,         tsp,  PT24H, 260,  ABSOLUTE,              0, reported",
    })
    void limitsAreThoseOfTheirStandards(
            String book, String id, String quantity, Duration period, double limit, LimitRule.Form form, int allowed,
            String confidence) {
        LimitRule rule = read(book).rules().stream()
                .filter(r -> r.head().shortId().equals(id))
                .map(LimitRule.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(quantity, rule.quantity().wire());
        assertEquals(period.toMillis(), rule.periodMs());
        assertEquals(limit, rule.limit());
        assertEquals(form, rule.form());
        assertEquals(allowed, rule.allowed());
        assertEquals(0.75, rule.captureMin());
        assertEquals(confidence, rule.head().citation().confidence());
        assertEquals("particulates", rule.head().item());
    }

    @ParameterizedTest
    @CsvSource({
        "hebei-db13-2934-2019,    130000/130100, true",
        "hebei-db13-2934-2019,    410000/410700, false",
        "shanghai-db31-964-2016,  310000/310104, true",
        "shanghai-db31-964-2016,  320000,        false",
        "shaanxi-db61-1078-2017,  610000/610100, true",
        "shaanxi-db61-1078-2017,  140000/140100, false",
        "liaoning-db21-2642-2016, 210000/210100, true",
        "liaoning-db21-2642-2016, 220000/220100, false",
        "gb-16297-1996,           410000/410700, true",
    })
    void aRulebookBindsInItsOwnRegion(String book, String region, boolean binds) {
        assertEquals(binds, read(book).binds(region));
    }

    @Test
    void wrongCountsAndCapturesAreRefused() throws Exception {
        for (String wrong : List.of("\"allowed\":-1", "\"allowed\":1.5", "\"captureMin\":1.1", "\"captureMin\":0")) {
            Problems problems = new Problems();
            RulebookReader.read(
                    new ObjectMapper().readTree("""
                            {"rulebook":"b","kind":"limits","title":"t","validFrom":"2020-01-01",
                            "citation":{"standard":"s","clause":"c","confidence":"reported"},"rules":[{"id":"r",
                            "kind":"limit","item":"particulates","title":"t","quantity":"pm10","period":"PT1H",
                            "limit":80,"unit":"µg/m³",%s}]}""".formatted(wrong)),
                    "h", problems);
            assertEquals(1, problems.all().size(), wrong);
        }
    }
}
