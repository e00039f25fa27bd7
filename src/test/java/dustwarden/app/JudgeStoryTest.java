package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short histories put to the core as anybody may put them, over midnight and with late reports. */
class JudgeStoryTest {
    private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-03-16T00:00:00+08:00");
    private static final String SITE = """
            site: s-1
            name: {zh: 工地, en: site}
            region: "410000"
            rulebook: [henan-seven, gb-16297-1996]
            phases: [{from: 2026-03-01, to: 2026-03-31, works: [structure]}]
            gates: [{id: gate-a}]
            devices:
              - {id: dust-1, kind: monitor, every: PT5M}
              - {id: wash-a, kind: gate, gate: gate-a, every: PT10M}
              - {id: dem-1, kind: activity, activity: demolition, every: PT1M}
              - {id: dust-2, kind: monitor, every: PT5M, hj212: {mn: "M1", password: "123456"}}
            """;

    private record Line(OffsetDateTime received, String rest) {}

    private final List<Line> lines = new ArrayList<>();

    @TempDir
    private Path dir;

    @BeforeEach
    void register() throws IOException {
        Files.createDirectories(dir.resolve("sites"));
        Files.writeString(dir.resolve("sites/s-1.yaml"), SITE);
    }

    private static OffsetDateTime at(int hour, int minute) {
        return DAY.plusHours(hour).plusMinutes(minute);
    }

    private static String iso(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private void send(OffsetDateTime received, String path, String payload) {
        lines.add(new Line(received, "\"topic\":\"dust/v1/s-1/" + path + "\",\"payload\":" + payload));
    }

    private void tsp(OffsetDateTime received, OffsetDateTime ts, double value) {
        send(received, "dust-1/reading", "{\"ts\":\"" + iso(ts) + "\",\"values\":{\"tsp\":" + value + "}}");
    }

    private void passage(OffsetDateTime received, OffsetDateTime ts, String id, String wheels) {
        send(received, "wash-a/passage", "{\"ts\":\"" + iso(ts) + "\",\"id\":\"" + id + "\",\"direction\":\"out\",\"plate\":\"" + id
                + "\",\"loaded\":false,\"wash\":{\"wheels\":\"" + wheels + "\"}}");
    }

    private List<String> judge(OffsetDateTime until) throws IOException {
        lines.sort(Comparator.comparing(Line::received));
        List<String> text = lines.stream().map(l -> "{\"received\":\"" + iso(l.received()) + "\"," + l.rest() + "}").toList();
        Path entries = Files.writeString(dir.resolve("entries.jsonl"), String.join("\n", text) + "\n");
        CommandRun run = CommandRun.of("judge", "--register", dir.resolve("sites").toString(), "--entries",
                entries.toString(), "--until", iso(until));
        assertEquals(0, run.exit(), run.err());
        return run.lines();
    }

    private static List<String> finals(List<String> decisions, String rule) {
        return decisions.stream()
                .filter(l -> l.contains("\"rule\":\"" + rule + "\"") && l.contains("\"final\":true"))
                .map(l -> l.replaceAll(".*\"state\":\"(\\w+)\".*", "$1") + (l.contains("\"supersedes\"") ? " supersedes" : ""))
                .toList();
    }

    private static long corrections(List<String> decisions) {
        return decisions.stream().filter(l -> l.contains("\"transition\":\"correction\"")).count();
    }

    @Test
    void aValueThatComesAfterTheSealCorrectsTheDaysLimitVerdict() throws IOException {
        for (int m = 0; m < 30 * 60; m += 5) {
            boolean lost = m >= 600 && m < 660;
            OffsetDateTime ts = DAY.plusMinutes(m);
            tsp(lost ? at(27, 0).plus(Duration.ofMillis(m)) : ts.plusSeconds(1), ts, lost ? 1500 : 100);
        }
        List<String> decisions = judge(at(30, 0));
        assertEquals(List.of("UNKNOWN", "VIOLATION supersedes"), finals(decisions, "gb-16297-1996/tsp-hour"));
        assertEquals(1, corrections(decisions));
    }

    @Test
    void aCorrectionIsToldOnlyWhenTheStateFlips() throws IOException {
        for (int m = 0; m < 30 * 60; m += 10) {
            send(DAY.plusMinutes(m), "wash-a/status", "{\"state\":\"online\"}");
        }
        passage(at(10, 0), at(10, 0), "A", "clean");
        passage(at(24, 9), at(23, 59), "B", "clean");
        passage(at(26, 0), at(23, 50), "C", "dirty");
        passage(at(27, 0), at(23, 40), "D", "dirty");
        List<String> decisions = judge(at(30, 0));
        assertEquals(
                List.of("COMPLIANT", "VIOLATION supersedes", "VIOLATION supersedes"), finals(decisions, "henan-seven/washing"));
        assertEquals(1, corrections(decisions));
    }

    @Test
    void worksThatThePlanDoesNotHaveAreFoundOnceADeviceAndDay() throws IOException {
        for (int m = 0; m < 31 * 60; m++) {
            send(DAY.plusMinutes(m), "dem-1/activity",
                    "{\"ts\":\"" + iso(DAY.plusMinutes(m)) + "\",\"activity\":\"demolition\",\"running\":" + (m % 600 < 10) + "}");
        }
        List<String> found = judge(at(31, 0)).stream().filter(l -> l.contains("\"kind\":\"plan-contradicted\"")).toList();
        assertEquals(2, found.size());
        assertTrue(found.get(0).contains("\"device\":\"dem-1\""), found.get(0));
        assertTrue(found.get(1).contains("2026-03-17"), found.get(1));
    }

    @Test
    void subPacketsOfOneMomentAreOneReading() throws IOException {
        lines.add(new Line(at(9, 0), "\"hj212\":\"" + part(1, "a34001-Rtd=1200,a34001-Flag=N") + "\""));
        lines.add(new Line(at(9, 0).plusSeconds(1), "\"hj212\":\"" + part(2, "a34002-Rtd=300,a34002-Flag=N") + "\""));
        List<String> decisions = judge(at(9, 1));
        assertEquals(0, decisions.stream().filter(l -> l.contains("\"type\":\"rejection\"")).count());
    }

    private static List<String> states(List<String> decisions, String rule) {
        List<String> states = new ArrayList<>();
        decisions.stream()
                .filter(l -> l.contains("\"rule\":\"" + rule + "\"") && l.contains("\"type\":\"verdict\""))
                .map(l -> l.replaceAll(".*\"state\":\"(\\w+)\".*", "$1") + (l.contains("clock-") ? " clock" : ""))
                .filter(state -> states.isEmpty() || !states.get(states.size() - 1).equals(state))
                .forEach(states::add);
        return states;
    }

    /** Readings each minute by a clock that is 10 min ahead; from an instant of that clock on they are high. */
    private List<String> tenMinutesAhead(OffsetDateTime highFrom, OffsetDateTime highTo) throws IOException {
        Files.writeString(dir.resolve("sites/s-1.yaml"), SITE.replaceAll(".*dust-2.*\n", ""));
        for (int m = 0; m < 240; m += 5) {
            OffsetDateTime ts = DAY.plusMinutes(m + 10);
            boolean high = !ts.isBefore(highFrom) && ts.isBefore(highTo);
            tsp(DAY.plusMinutes(m), ts, high ? 6500 : 10);
        }
        return judge(at(4, 5));
    }

    @Test
    void aMeanThatOnlyASkewedClockMovesOverItsLimitIsUnknown() throws IOException {
        // By its clock two high values fell into hour 2, truly into hour 1 both; either hour may be the bad one.
        List<String> moved = tenMinutesAhead(at(2, 0), at(2, 10));
        assertTrue(moved.stream().anyMatch(l -> l.contains("\"kind\":\"clock-skewed\"")));
        assertEquals(List.of("UNKNOWN", "COMPLIANT", "UNKNOWN clock"), states(moved, "gb-16297-1996/tsp-hour"));
        // In the middle of the hour the skew moves nothing.
        lines.clear();
        List<String> sure = tenMinutesAhead(at(2, 20), at(2, 30));
        assertEquals(List.of("UNKNOWN", "COMPLIANT", "VIOLATION"), states(sure, "gb-16297-1996/tsp-hour"));
    }

    @Test
    void aFailureThatASkewedClockMayHaveMovedOverMidnightIsUnknownOnBothDays() throws IOException {
        for (int m = 0; m < 25 * 60; m += 10) {
            send(DAY.plusMinutes(m), "wash-a/status", "{\"state\":\"online\"}");
        }
        for (int i = 0; i < 6; i++) {
            passage(at(9 + i, 0), at(8 + i, 50), "A" + i, "clean");
        }
        passage(at(24, 5), at(23, 55), "B", "dirty");
        List<String> decisions = judge(at(25, 0));
        assertEquals(List.of("UNKNOWN"), finals(decisions, "henan-seven/washing"));
        List<String> washing = states(decisions, "henan-seven/washing");
        assertEquals("UNKNOWN clock", washing.get(washing.size() - 1));
        assertTrue(decisions.stream().anyMatch(l -> l.contains("\"transition\":\"raised\"") && l.contains("\"gate-a\"")));
    }

    @Test
    void whatADeviceWithoutAClockSaysCountsInNoWindow() throws IOException {
        Files.writeString(dir.resolve("sites/s-1.yaml"), SITE.replaceAll(".*dust-2.*\n", ""));
        for (int m = 0; m < 240; m += 5) {
            boolean lost = m >= 60;
            OffsetDateTime received = DAY.plusMinutes(m);
            tsp(received, lost && m < 90 ? OffsetDateTime.parse("1970-01-01T00:00:00Z").plusMinutes(m)
                    : lost ? received.plusMinutes(m * 37 % 700 + 60) : received, 10);
        }
        List<String> decisions = judge(at(4, 5));
        assertTrue(decisions.stream().anyMatch(l -> l.contains("\"kind\":\"clock-none\"")));
        assertEquals(List.of("UNKNOWN", "COMPLIANT", "UNKNOWN clock"), states(decisions, "gb-16297-1996/tsp-hour"));
    }

    private static String part(int number, String values) {
        String data = "QN=2026031609000000" + number + ";ST=39;CN=2011;PW=123456;MN=M1;Flag=6;PNUM=2;PNO=" + number
                + ";CP=&&DataTime=20260316090000;" + values + "&&";
        int r = 0xFFFF;
        for (char c : data.toCharArray()) {
            r = r >> 8 ^ c;
            for (int i = 0; i < 8; i++) {
                boolean odd = (r & 1) == 1;
                r = odd ? r >> 1 ^ 0xA001 : r >> 1;
            }
        }
        return String.format("##%04d%s%04X\\r\\n", data.length(), data, r);
    }
}
