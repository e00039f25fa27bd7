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
