package dustwarden.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.By;
import dustwarden.core.model.Observation.Source;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.UnitsRule;
import dustwarden.settings.RulebookFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fences, covers, roads and cameras round every figure of the rulebook that ships: below, at, above, absent. */
class UnitsJudgeTest {
    private static final long DAY = OffsetDateTime.parse("2026-03-14T00:00:00+08:00").toInstant().toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final Rulebook HENAN =
            RulebookFiles.read(List.of(Path.of("devices/rulebooks/henan-seven.yaml"))).value().orElseThrow().get(0);

    private Site site;
    private SiteFacts facts;
    private long offset;

    private static UnitsRule rule(String id) {
        return (UnitsRule) HENAN.rules().stream().filter(r -> r.head().shortId().equals(id)).findFirst().orElseThrow();
    }

    private void site(String more) {
        try {
            JsonNode json = new YAMLMapper().readTree(
                    "{site: s, name: s, region: \"410000\", rulebook: henan-seven, " + more + "}");
            Problems problems = new Problems();
            site = SiteReader.read(json, "00", problems).orElseThrow(() -> new IllegalArgumentException(problems.all().toString()));
            facts = new SiteFacts(site, DAY, Set.of());
            facts.bind(site, List.of());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void report(String unit, long at, boolean good, double share, Source source, By by, boolean confirmed) {
        facts.apply(new Observation.UnitReport("s", "d", at, unit, good, share, false, source, by, confirmed, Optional.empty()),
                site.device("d").orElseThrow(), at, offset++);
    }

    private void sensor(String unit, long at, double share) {
        report(unit, at, share >= 1, share, Source.SENSOR, By.CONTRACTOR, true);
    }

    private State state(String rule, long at) {
        return new UnitsJudge(rule(rule), List.of()).now(facts, at).state();
    }

    @ParameterizedTest
    @CsvSource({
        "main,2.49,VIOLATION", "main,2.5,COMPLIANT", "main,2.51,COMPLIANT", "main,,UNKNOWN",
        "secondary,1.79,VIOLATION", "secondary,1.8,COMPLIANT", "other,1.79,VIOLATION", "other,1.8,COMPLIANT", "other,,UNKNOWN",
        ",2.49,VIOLATION", ",2.5,COMPLIANT"
    })
    void aFenceIsHighEnoughForItsRoad(String road, String height, State wanted) {
        site("units: [{id: f, kind: fence, length: 100" + (height == null ? "" : ", height: " + height)
                + (road == null ? "" : ", roadClass: " + road) + "}], devices: [{id: d, kind: unit-sensor, every: PT10M}]");
        sensor("f", DAY, 1);
        assertEquals(wanted, state("enclosure", DAY));
    }

    @ParameterizedTest
    @CsvSource({"99,UNKNOWN", "100,COMPLIANT", "101,COMPLIANT", ",COMPLIANT"})
    void theLengthsAddUpToThePerimeter(String length, State wanted) {
        site("perimeter: 100, units: [{id: f, kind: fence, height: 3, length: " + (length == null ? 100 : length)
                + "}], devices: [{id: d, kind: unit-sensor, every: PT10M}]");
        sensor("f", DAY, 1);
        assertEquals(wanted, state("enclosure", DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "400,7.9,COMPLIANT", "400,8,COMPLIANT", "400,8.1,VIOLATION",
        "100,4.9,COMPLIANT", "100,5,COMPLIANT", "100,5.1,VIOLATION", "100,0,COMPLIANT"
    })
    void aHoleInTheRoadIsToleratedUpToTheLargerOfTwoPercentAndFiveSquareMetres(double area, double open, State wanted) {
        site("units: [{id: r, kind: road, area: " + area + "}], devices: [{id: d, kind: unit-sensor, every: PT10M}]");
        sensor("r", DAY, 1 - open / area);
        assertEquals(wanted, state("hardening", DAY));
    }

    @ParameterizedTest
    @CsvSource({"0.951,COMPLIANT", "0.95,VIOLATION", "0.949,VIOLATION"})
    void whatAPictureFindsOnLessThanFiveSquareMetresIsIgnored(double share, State wanted) {
        site("units: [{id: s, kind: soil, area: 100}], devices: [{id: d, kind: camera, every: PT10M}]");
        report("s", DAY, false, share, Source.CAMERA, By.CONTRACTOR, true);
        assertEquals(wanted, state("coverage", DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "fence,enclosure,SENSOR,PT10M,PT30M", "fence,enclosure,SENSOR,PT30S,PT3M", "fence,enclosure,CAMERA,PT1M,P1D",
        "fence,enclosure,DRONE,PT1M,P7D", "fence,enclosure,SURVEY,PT1M,P7D", "soil,coverage,CAMERA,PT1M,P1D",
        "soil,coverage,DRONE,PT1M,P3D", "soil,coverage,SURVEY,PT1M,P1D", "stockpile,coverage,DRONE,PT1M,P3D",
        "road,hardening,DRONE,PT1M,P7D", "road,hardening,SURVEY,PT1M,P30D"
    })
    void aReportCountsAsLongAsItsSourceAllows(String kind, String rule, Source source, String every, String valid) {
        site("units: [{id: u, kind: " + kind + ", length: 100, area: 100, height: 3}], devices: [{id: d, kind: unit-sensor, every: "
                + every + "}]");
        report("u", DAY, true, 1, source, By.SUPERVISION, true);
        long end = DAY + Duration.parse(valid).toMillis();
        assertEquals(State.COMPLIANT, state(rule, end - 1));
        assertEquals(State.UNKNOWN, state(rule, end));
    }

    @ParameterizedTest
    @CsvSource({"29,UNKNOWN", "30,VIOLATION", "31,VIOLATION"})
    void aSecondPictureConfirmsAGuessHalfAnHourLater(long minutes, State wanted) {
        site("units: [{id: f, kind: fence, length: 100, height: 3}], devices: [{id: d, kind: camera, every: PT10M}]");
        report("f", DAY, false, 0, Source.CAMERA, By.CONTRACTOR, false);
        report("f", DAY + minutes * 60_000, false, 0, Source.CAMERA, By.CONTRACTOR, false);
        assertEquals(wanted, state("enclosure", DAY + HOUR));
    }

    @ParameterizedTest
    @CsvSource({
        "inspector,inspector,COMPLIANT", "inspector,supervision,VIOLATION", "inspector,sensor,VIOLATION", "inspector,camera,VIOLATION",
        "inspector,contractor,VIOLATION", "supervision,inspector,COMPLIANT", "supervision,supervision,COMPLIANT",
        "supervision,sensor,COMPLIANT", "supervision,drone,VIOLATION", "sensor,supervision,COMPLIANT", "sensor,camera,VIOLATION",
        "camera,drone,COMPLIANT", "camera,sensor,COMPLIANT", "camera,contractor,VIOLATION", "contractor,contractor,VIOLATION",
        "contractor,camera,COMPLIANT", "sensor,,VIOLATION"
    })
    void onlyAWordOfEqualOrHigherRankMends(String broke, String mended, State wanted) {
        site("units: [{id: f, kind: fence, length: 100, height: 3}], devices: [{id: d, kind: unit-sensor, every: PT1H}]");
        say(broke, DAY, false);
        if (mended != null) {
            say(mended, DAY + HOUR, true);
        }
        assertEquals(wanted, state("enclosure", DAY + 2 * HOUR));
    }

    private void say(String who, long at, boolean good) {
        Source source = switch (who) {
            case "sensor" -> Source.SENSOR;
            case "camera" -> Source.CAMERA;
            case "drone" -> Source.DRONE;
            default -> Source.SURVEY;
        };
        By by = who.equals("inspector") ? By.INSPECTOR : who.equals("supervision") ? By.SUPERVISION : By.CONTRACTOR;
        report("f", at, good, good ? 1 : 0, source, by, true);
    }

    @Test
    void ofTwoReportsOfOneInstantTheWorseStandsInWhateverOrderTheyCome() {
        for (boolean first : new boolean[] {true, false}) {
            site("units: [{id: f, kind: fence, length: 100, height: 3}], devices: [{id: d, kind: unit-sensor, every: PT1H}]");
            say("sensor", DAY, first);
            say("supervision", DAY, !first);
            assertEquals(State.VIOLATION, state("enclosure", DAY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9999,,1,COMPLIANT", "10000,,3,VIOLATION", "10000,,4,COMPLIANT", "10001,,4,COMPLIANT", ",,1,COMPLIANT", ",,0,VIOLATION",
        ",199,1,COMPLIANT", ",200,3,VIOLATION", ",200,4,COMPLIANT"
    })
    void theSizeOfTheWorksAsksForCameras(String floorArea, String linear, int cameras, State wanted) {
        StringBuilder devices = new StringBuilder();
        for (int i = 0; i < cameras; i++) {
            devices.append("{id: c").append(i).append(", kind: camera, every: PT1M},");
        }
        site((floorArea == null ? "" : "floorArea: " + floorArea + ", ") + (linear == null ? "" : "linear: " + linear + ", ")
                + "devices: [" + devices + "]");
        for (int i = 0; i < cameras; i++) {
            camera("c" + i, DAY, true);
        }
        assertEquals(wanted, new CamerasJudge(rule("video")).now(facts, DAY).state());
    }

    private void camera(String id, long at, boolean good) {
        Claim no = Claim.of(false);
        facts.apply(new Observation.Camera("s", id, at, true, Claim.of(true), good ? no : Claim.of(true), no),
                site.device(id).orElseThrow(), at, offset++);
    }

    private void minutes(long from, long to, boolean good) {
        for (long minute = from; minute < to; minute++) {
            camera("c", DAY + minute * 60_000, good);
        }
    }

    @ParameterizedTest
    @CsvSource({"29,COMPLIANT", "30,COMPLIANT", "31,VIOLATION"})
    void oneOutageMayLastHalfAnHour(long minutes, State wanted) {
        site("devices: [{id: c, kind: camera, every: PT1M}]");
        minutes(0, 60, true);
        minutes(60, 60 + minutes + 1, false);
        assertEquals(wanted, new CamerasJudge(rule("video")).now(facts, DAY + (60 + minutes) * 60_000).state());
    }

    @ParameterizedTest
    @CsvSource({"71,COMPLIANT", "72,COMPLIANT", "73,VIOLATION"})
    void aDayHasABudgetOfSeventyTwoMinutes(long minutes, State wanted) {
        site("devices: [{id: c, kind: camera, every: PT1M}]");
        for (long from = 0, left = minutes; left > 0; from += 60, left -= 24) {
            long bad = Math.min(24, left);
            minutes(from, from + bad, false);
            minutes(from + bad, from + 60, true);
        }
        minutes(300, 301, true);
        assertEquals(wanted, new CamerasJudge(rule("video")).now(facts, DAY + 300 * 60_000).state());
    }

    @ParameterizedTest
    @CsvSource({"1439,UNKNOWN", "1440,UNKNOWN", "1441,VIOLATION"})
    void aCameraMayBeSilentForADay(long minutes, State wanted) {
        site("devices: [{id: c, kind: camera, every: PT1M}]");
        camera("c", DAY, true);
        assertEquals(wanted, new CamerasJudge(rule("video")).now(facts, DAY + minutes * 60_000).state());
    }
}
