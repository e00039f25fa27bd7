package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Taken;
import dustwarden.core.judge.State;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.series.Schema.Measurement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfluxLinesTest {
    private static final String AT = "region=410000/410700/410702/honglou,site=xx-test-01";
    private static final String TIME = "2026-03-14T09:00:00.000+08:00";
    private static final long MS = PlayedJournal.at(TIME);

    @TempDir
    Path directory;

    private PlayedJournal journal;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static String time(long nanos) {
        return " " + (MS * 1_000_000 + nanos);
    }

    private static StoredDecision decision(long number, String type, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new StoredDecision(number, 7, MS, type, Optional.of(PlayedJournal.SITE), bytes);
    }

    private LogBatch batch(List<StoredDecision> decisions, Observation... observations) {
        Site site = journal.content().register().site(PlayedJournal.SITE).orElseThrow();
        List<Taken> taken = new ArrayList<>();
        for (Observation observation : observations) {
            taken.add(new Taken(observation, Optional.of(site), site.device(observation.device())));
        }
        StoredEntry entry = new StoredEntry(7, new dustwarden.core.Entry.Act(MS + 2_500, "{}"));
        return new LogBatch(
                List.of(new LogBatch.Step(entry, taken, journal.content())),
                decisions.stream().map(LogBatch.Decided::new).toList(),
                new Cursor(8, decisions.size(), java.util.OptionalLong.empty()));
    }

    private static List<String> lines(LogBatch batch) {
        List<String> found = new ArrayList<>();
        new InfluxLines(new NoFigures()).make(batch, line -> found.add(line.text()));
        return found;
    }

    private String decided(long number, String type, String json) {
        List<String> found = lines(batch(List.of(decision(number, type, json)))).stream()
                .filter(line -> !line.startsWith("item,") && !line.startsWith("alarm_record,"))
                .toList();
        return String.join("\n", found);
    }

    private String observed(Observation observation) {
        List<String> found = lines(batch(List.of(), observation));
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource({"NOT_APPLICABLE,0", "COMPLIANT,1", "UNKNOWN,2", "VIOLATION,3"})
    void writesTheStateOfAnItemAsItsNumber(State state, int number) {
        assertEquals(
                "checklist," + AT + ",item=washing state=" + number + "i,low=0.5,high=1.0,capture=0.0" + time(5),
                decided(2_000_005, "verdict", "{\"item\":\"washing\",\"state\":\"" + state
                        + "\",\"low\":0.5,\"high\":1.0,\"capture\":0,\"final\":false}"));
    }

    @Test
    void leavesRulesAndSealedDaysOutOfTheChecklist() {
        assertEquals("", decided(1, "verdict", "{\"item\":\"washing\",\"rule\":\"a/b\",\"state\":\"UNKNOWN\",\"final\":false}"));
        assertEquals("", decided(1, "verdict", "{\"item\":\"washing\",\"state\":\"UNKNOWN\",\"final\":true}"));
    }

    @Test
    void writesAMeanAtTheStartOfItsPeriod() {
        String head = "{\"device\":\"dust-1\",\"quantity\":\"pm10\",\"period\":\"PT1H\",\"start\":\"" + TIME + "\",";
        String line = "mean," + AT + ",device=dust-1,quantity=pm10,period=PT1H ";
        assertEquals(line + "mean=81.5,capture=0.9,limit=150.0" + time(3),
                decided(3, "mean", head + "\"mean\":81.5,\"capture\":0.9,\"limit\":150}"));
        assertEquals(line + "capture=0.1" + time(3), decided(3, "mean", head + "\"mean\":null,\"capture\":0.1}"));
    }

    @ParameterizedTest
    @CsvSource({"raised,raised,1", "closed,closed,0", "returned,returned,1", "occurrence,raised,1"})
    void writesEachTransitionOfAnAlarm(String transition, String state, int open) {
        assertEquals(
                "alarm," + AT + ",item=washing,priority=high,transition=" + transition + " id=\"ab12\",open=" + open + "i"
                        + time(9),
                decided(9, "alarm", "{\"id\":\"ab12\",\"item\":\"washing\",\"rule\":\"a/b\",\"subject\":\"gate-a\","
                        + "\"priority\":\"high\",\"transition\":\"" + transition + "\",\"state\":\"" + state + "\"}"));
    }

    @Test
    void showsASilentDeviceAsOffline() {
        List<String> found = List.of(decided(4, "alarm", "{\"id\":\"cd\",\"item\":\"devices\",\"rule\":\"device-silent\","
                + "\"subject\":\"cam-1\",\"priority\":\"low\",\"transition\":\"raised\",\"state\":\"raised\"}").split("\n"));
        assertEquals("device," + AT + ",device=cam-1 online=0i" + time(4), found.get(1));
    }

    @Test
    void writesAReadingAtItsBareTimeWithNormalValuesOnly() {
        journal.commit();
        journal.send("dust-1", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":81.5,\"tsp\":3},\"flags\":{\"tsp\":\"D\"}}").commit();
        BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
        List<String> found = lines(reader.next(Cursor.START, 10).orElseThrow());
        assertTrue(found.contains("reading," + AT + ",device=dust-1 pm10=81.5" + time(0)), found::toString);
        assertTrue(found.contains("device," + AT + ",device=dust-1 online=1i,lag=0.0" + time(1)), found::toString);
    }

    @Test
    void writesACameraUnitAndSpray() {
        String site = PlayedJournal.SITE;
        assertEquals("camera," + AT + ",device=cam-1 online=1i,recording=0i,moved=1i" + time(7),
                observed(new Observation.Camera(site, "cam-1", MS, true, Claim.NO, Claim.UNKNOWN, Claim.YES)));
        assertEquals("unit," + AT + ",unit=fence-01 good=0i,share=0.25" + time(7),
                observed(new Observation.UnitReport(site, "fence-s1", MS, "fence-01", false, 0.25, true,
                        Observation.Source.SENSOR, Observation.By.INSPECTOR, true, Optional.empty())));
        assertEquals("spray," + AT + ",device=cam-1 on=1i,flow=12.0" + time(7),
                observed(new Observation.Spray(site, "cam-1", MS, true, OptionalDouble.of(12))));
        assertEquals("spray," + AT + ",device=cam-1 on=0i" + time(7),
                observed(new Observation.Spray(site, "cam-1", MS, false, OptionalDouble.empty())));
    }

    @Test
    void writesWhetherADeviceIsOnlineAndItsLagOnceAMinute() {
        String site = PlayedJournal.SITE;
        List<String> found = lines(batch(List.of(),
                new Observation.Status(site, "cam-1", MS, false),
                new Observation.Camera(site, "cam-1", MS, true, Claim.YES, Claim.NO, Claim.NO),
                new Observation.Camera(site, "cam-1", MS + 1, true, Claim.YES, Claim.NO, Claim.NO)));
        List<String> device = found.stream().filter(l -> l.startsWith("device,")).toList();
        assertEquals(List.of(
                "device," + AT + ",device=cam-1 online=0i" + time(2_500_000_007L),
                "device," + AT + ",device=cam-1 online=1i,lag=2.5" + time(2_500_000_008L)), device);
    }

    @Test
    void writesPassagesOfOneMillisecondApartAndLeavesOutWhatIsUnknown() {
        journal.unwashed("p1").washed("p2").commit();
        BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
        List<String> found = lines(reader.next(Cursor.START, 10).orElseThrow()).stream()
                .filter(l -> l.startsWith("passage,"))
                .toList();
        assertEquals(List.of(
                "passage," + AT + ",gate=gate-a washed=0i,loaded=0i" + time(1),
                "passage," + AT + ",gate=gate-a washed=1i,covered=1i,loaded=1i" + time(2)), found);
    }

    @Test
    void escapesWhatTheProtocolReadsAsItsOwn() {
        String line = InfluxLine.of(Measurement.ALARM)
                .tag(Schema.REGION, "河南省/新乡 市,a=b\\")
                .tag(Schema.SITE, "s\nt")
                .tag(Schema.ITEM, "")
                .tag(Schema.PRIORITY, "“高”")
                .tag(Schema.TRANSITION, "x")
                .field(Schema.ID, "说 \"a\\b\", c=d")
                .at(1, 0)
                .orElseThrow()
                .text();
        assertEquals("alarm,region=河南省/新乡\\ 市\\,a\\=b/,site=s\\ t,priority=“高”,transition=x "
                + "id=\"说 \\\"a\\\\b\\\", c=d\" 1000000", line);
    }

    @Test
    void refusesWhatTheSchemaDoesNotKnow() {
        InfluxLine.Builder line = InfluxLine.of(Measurement.SPRAY).tag(Schema.REGION, "r").tag(Schema.SITE, "s");
        assertThrows(IllegalStateException.class, () -> line.tag(Schema.GATE, "g"));
        assertThrows(IllegalStateException.class, () -> line.at(1, 1));
        line.tag(Schema.DEVICE, "d");
        assertEquals(Optional.empty(), line.at(1, 1));
        assertThrows(IllegalStateException.class, () -> line.field(Schema.ON, 1.0));
        assertThrows(IllegalStateException.class, () -> line.field(Schema.LAG, 1.0));
    }
}
