package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that speak as their makers made them, from a topic of their own or over HTTP to what is judged of them. */
class MakersDevicesTest {
    private static final String SITE = """
            site: a-site
            name: {zh: 工地, en: A site}
            region: "410000/410700"
            rulebook: [gb-16297-1996]
            devices:
              - {id: dust-1, kind: monitor, every: PT1M, profile: tasmota, topic: "tele/north/#"}
              - {id: dust-2, kind: monitor, every: PT1M, profile: esphome, topic: "south/#"}
              - {id: fog-1, kind: spray, every: PT1M, suppresses: [earthwork], profile: shelly-plus, topic: "yard/+/#"}
              - {id: cam-a, kind: camera, every: PT1M, profile: frigate, topic: "frigate/#", part: gate_a}
              - {id: cam-b, kind: camera, every: PT1M, profile: frigate, topic: "frigate/#", part: gate_b}
              - {id: node-1, kind: monitor, every: PT1M, profile: sparkplug, topic: "spBv1.0/yard/+/edge/#"}
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void register() throws IOException {
        Files.createDirectories(directory.resolve("register"));
        Files.writeString(directory.resolve("register/site.yaml"), SITE);
    }

    @Test
    void aReadingOnATopicOfItsOwnIsTakenAndOneOutOfRangeIsRefusedByName() throws IOException {
        List<String> lines = judge(
                entry("09:00:01", "tele/north/SENSOR", "{\"Time\":\"2026-03-14T09:00:00\",\"SDS0X1\":{\"PM10\":118.4,\"PM2.5\":61.0}}"),
                entry("09:00:02", "tele/north/SENSOR", "{\"Time\":\"2026-03-14T09:00:00\",\"SDS0X1\":{\"PM10\":118.4,\"PM2.5\":61.0}}"),
                entry("09:01:01", "tele/north/SENSOR", "{\"Time\":\"2026-03-14T09:01:00\",\"SDS0X1\":{\"PM10\":-4.0}}"),
                entry("09:02:01", "tele/north/SENSOR", "{\"Time\":\"2020-03-14T09:01:00\",\"SDS0X1\":{\"PM10\":4.0}}"),
                entry("09:03:01", "tele/east/SENSOR", "{}"));
        List<String> refused = lines.stream().filter(l -> l.contains("\"rejection\"")).toList();
        assertEquals(4, refused.size(), refused.toString());
        assertTrue(refused.get(0).contains("\"device\":\"dust-1\"") && refused.get(0).contains("\"duplicate\""), refused.get(0));
        assertTrue(refused.get(1).contains("\"device\":\"dust-1\"") && refused.get(1).contains("\"out-of-range\""), refused.get(1));
        assertTrue(refused.get(2).contains("\"time-ancient\""), refused.get(2));
        assertTrue(refused.get(3).contains("\"wrong-topic\""), refused.get(3));
    }

    @Test
    void valuesOfOneMomentOnSeveralTopicsAreNoConflict() throws IOException {
        List<String> lines = judge(
                entry("09:00:01", "south/sensor/pm_10_0/state", "118.4"),
                entry("09:00:01", "south/sensor/pm_2_5/state", "61"),
                entry("09:00:01", "south/status", "online"));
        assertEquals(List.of(), lines.stream().filter(l -> l.contains("\"rejection\"")).toList());
    }

    @Test
    void whatADeviceSaysOfNothingForUsStillCountsAsHearingIt() throws IOException {
        List<String> spoken = judge(
                entry("09:00:00", "yard/fog/online", "true"),
                entry("09:02:00", "yard/fog/events/rpc", "{\"method\":\"NotifyEvent\",\"params\":{\"ts\":1773450000.0}}"),
                entry("09:04:00", "yard/fog/events/rpc", "{\"method\":\"NotifyEvent\",\"params\":{\"ts\":1773450000.0}}"));
        List<String> silent = judge(
                entry("09:00:00", "yard/fog/online", "true"),
                entry("09:04:30", "tele/north/LWT", "Online"));
        assertEquals(0, spoken.stream().filter(l -> silence(l, "fog-1")).count(), spoken.toString());
        assertEquals(1, silent.stream().filter(l -> silence(l, "fog-1")).count(), silent.toString());
    }

    @Test
    void aWillMakesItSilentAtOnce() throws IOException {
        List<String> lines = judge(
                entry("09:00:00", "yard/fog/online", "true"),
                entry("09:00:30", "yard/fog/online", "false"),
                entry("09:02:00", "tele/north/LWT", "Online"));
        assertEquals(1, lines.stream().filter(l -> silence(l, "fog-1")).count(), lines.toString());
    }

    @Test
    void oneTopicMaySpeakOfSeveralDevicesByTheirParts() throws IOException {
        List<String> lines = judge(
                entry("09:00:00", "frigate/stats", "{\"cameras\":{\"gate_a\":{\"camera_fps\":5},\"gate_b\":{\"camera_fps\":5}}}"),
                entry("09:02:00", "frigate/stats", "{\"cameras\":{\"gate_a\":{\"camera_fps\":5}}}"),
                entry("09:04:00", "frigate/stats", "{\"cameras\":{\"gate_a\":{\"camera_fps\":5}}}"),
                entry("09:04:30", "frigate/stats", "{\"cameras\":{\"gate_a\":{\"camera_fps\":5}}}"));
        assertEquals(List.of(), lines.stream().filter(l -> l.contains("\"rejection\"")).toList());
        assertEquals(0, lines.stream().filter(l -> silence(l, "cam-a")).count(), lines.toString());
        assertEquals(1, lines.stream().filter(l -> silence(l, "cam-b")).count(), lines.toString());
    }

    @Test
    void aMetricByAliasAloneIsWhatTheLastBirthNamedIt() throws IOException {
        String birth = "{\"timestamp\":1773450000000,\"metrics\":[{\"name\":\"%s\",\"alias\":7,\"value\":1}]}";
        String low = "{\"timestamp\":1773450060000,\"metrics\":[{\"alias\":7,\"value\":400}]}";
        String high = "{\"timestamp\":1773450120000,\"metrics\":[{\"alias\":7,\"value\":200000}]}";
        List<String> unborn = judge(entry("09:02:01", "spBv1.0/yard/DDATA/edge/dust", high));
        List<String> named = judge(
                entry("09:00:01", "spBv1.0/yard/DBIRTH/edge/dust", birth.formatted("Inputs/PM10")),
                entry("09:01:01", "spBv1.0/yard/DDATA/edge/dust", low),
                entry("09:01:02", "spBv1.0/yard/DDATA/edge/other", high),
                entry("09:02:01", "spBv1.0/yard/DDATA/edge/dust", high));
        List<String> renamed = judge(
                entry("09:00:01", "spBv1.0/yard/DBIRTH/edge/dust", birth.formatted("Inputs/PM10")),
                entry("09:00:02", "spBv1.0/yard/NBIRTH/edge", birth.formatted("Battery")),
                entry("09:02:01", "spBv1.0/yard/DDATA/edge/dust", high));
        assertEquals(List.of(), unborn.stream().filter(l -> l.contains("\"rejection\"")).toList());
        assertEquals(1, named.stream().filter(l -> l.contains("\"rejection\"") && l.contains("out-of-range")).count(), named.toString());
        assertEquals(List.of(), renamed.stream().filter(l -> l.contains("\"rejection\"")).toList());
    }

    @Test
    void whatAnIncompleteGroupOfSubPacketsHoldsIsTakenInTime() throws IOException {
        String register = SITE.replace("profile: tasmota, topic: \"tele/north/#\"", "hj212: {mn: SITE0001, interval: PT5M}");
        Files.writeString(directory.resolve("register/site.yaml"), register);
        String part = frame("QN=20260314090000000;ST=39;CN=2011;PW=1;MN=SITE0001;Flag=6;PNUM=2;PNO=1;CP=&&"
                + "DataTime=20260314090000;a34002-Rtd=9&&");
        String same = frame("QN=20260314090000001;ST=39;CN=2011;PW=1;MN=SITE0001;Flag=4;CP=&&DataTime=20260314090000;a34002-Rtd=9&&");
        List<String> before = judge(part("09:00:01", part), part("09:00:40", same));
        List<String> after = judge(part("09:00:01", part), part("09:01:40", same));
        assertEquals(0, before.stream().filter(l -> l.contains("\"duplicate\"")).count(), before.toString());
        assertEquals(1, after.stream().filter(l -> l.contains("\"duplicate\"")).count(), after.toString());
    }

    @Test
    void ofSeveralMomentsInOneFrameOnlyTheRepeatedOneIsRefused() throws IOException {
        String register = SITE.replace("profile: tasmota, topic: \"tele/north/#\"", "hj212: {mn: SITE0001}");
        Files.writeString(directory.resolve("register/site.yaml"), register);
        String head = "QN=20260314090000000;ST=39;CN=2011;PW=1;MN=SITE0001;Flag=4;CP=&&";
        List<String> lines = judge(
                part("09:00:01", frame(head + "DataTime=20260314090000;a34002-Rtd=9&&")),
                part("09:01:01", frame(head + "DataTime=20260314090000;a34002-Rtd=9;DataTime=20260314090100;a34002-Rtd=10&&")));
        List<String> refused = lines.stream().filter(l -> l.contains("\"rejection\"")).toList();
        assertEquals(1, refused.size(), refused.toString());
        assertTrue(refused.get(0).contains("\"duplicate\"") && refused.get(0).contains("\"element\":0"), refused.get(0));
    }

    /** A data segment with its length and the CRC of the standard. */
    private static String frame(String data) {
        int crc = 0xffff;
        for (char c : data.toCharArray()) {
            crc = crc >>> 8 ^ c;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xa001;
            }
        }
        return String.format("##%04d%s%04X", data.length(), data, crc);
    }

    private static String part(String time, String frame) {
        return "{\"received\":\"2026-03-14T" + time + "+08:00\",\"hj212\":\"" + frame + "\"}";
    }

    private static boolean silence(String line, String device) {
        return line.contains("\"alarm\"") && line.contains("device-silent") && line.contains("\"subject\":\"" + device + "\"")
                && line.contains("\"transition\":\"raised\"");
    }

    private List<String> judge(String... entries) throws IOException {
        Path file = Files.writeString(directory.resolve("entries"), String.join("\n", entries) + "\n");
        CommandRun run = CommandRun.of(
                "judge", "--register", directory.resolve("register").toString(), "--entries", file.toString());
        assertEquals(0, run.exit(), run.err());
        return run.lines();
    }

    private static String entry(String time, String topic, String payload) {
        String said = payload.startsWith("{") ? payload : "\"" + payload + "\"";
        return "{\"received\":\"2026-03-14T" + time + "+08:00\",\"topic\":\"" + topic + "\",\"payload\":" + said + "}";
    }
}
