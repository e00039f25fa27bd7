package dustwarden.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.live.TestBureau;
import dustwarden.live.TestBureau.Habit;
import dustwarden.series.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node between HJ 212 monitors and a bureau. */
class GatewayTest {
    private static final String SITE = """
            site: a-site
            name: {zh: 工地, en: A site}
            region: "410000/410700"
            rulebook: [gb-16297-1996]
            devices:
              - {id: dust-1, kind: monitor, every: PT1M, hj212: {mn: "MN000001", password: "123456"}}
              - {id: cam-1, kind: camera, every: PT1M, profile: hikvision}
            """;

    @TempDir
    Path directory;

    @Test
    void whatAMonitorSaysIsAnsweredJudgedCountedAndSentOn() throws Exception {
        Path register = Files.createDirectories(directory.resolve("register"));
        Files.writeString(register.resolve("site.yaml"), SITE);
        String now = DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(LocalDateTime.now(ZoneId.of("Asia/Shanghai")));
        try (TestBureau bureau = new TestBureau(0, n -> Habit.ACKNOWLEDGE)) {
            Path config = Files.writeString(directory.resolve("settings.yaml"), "forward: [{site: a-site, host: 127.0.0.1, port: "
                    + bureau.port() + ", mn: BUREAU01, password: \"654321\"}]\n");
            try (RunningNode node = new RunningNode(directory.resolve("data"), register, Optional.of(config));
                    Socket device = new Socket(InetAddress.getLoopbackAddress(), node.node.hj212Port())) {
                device.setSoTimeout(20_000);
                BufferedReader in = new BufferedReader(new InputStreamReader(device.getInputStream(), StandardCharsets.ISO_8859_1));
                assertTrue(asked(device, in, "MN000001", "123456", now).contains("CN=9014"));
                assertTrue(asked(device, in, "MN000001", "111111", now).contains("QnRtn=3"));
                assertTrue(beat(device, in, now).contains("CN=9013"));
                assertTrue(asked(device, in, "MN000009", "123456", now).contains("QnRtn=4"));
                JsonNode dust = await(node, "/api/v1/sites/a-site/devices",
                        json -> json.at("/items/0/state").asText().equals("reporting")
                                && json.at("/items/0/rejections").has("bad-password")).at("/items/0");
                assertEquals(1, dust.at("/rejections/bad-password").asInt(), dust.toString());
                assertEquals(1, dust.at("/tolerated/trailing-separator").asInt(), dust.toString());
                assertEquals(1, dust.at("/tolerated/length").asInt(), "of a frame with nothing to judge: " + dust);
                JsonNode sent = await(node, "/api/v1/sites/a-site/forwards",
                        json -> json.at("/items/0/days/0/acknowledged").asInt() == 1).at("/items/0");
                assertEquals("dust-1", sent.path("device").asText());
                assertEquals(0, sent.path("waiting").asInt());
                Hj212Frame forwarded = bureau.frames.get(0);
                assertEquals("BUREAU01", forwarded.mn());
                assertEquals("654321", forwarded.get("PW"));
                assertEquals("118.5", forwarded.plain("a34002-Rtd"));
                String metrics = RunningNode.send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + node.node.managementPort() + "/metrics")).GET())
                        .body();
                for (String line : List.of(
                        "dustwarden_hj212_unknown_mns 1.0",
                        "dustwarden_rejections_total{reason=\"unknown-mn\"} 1.0",
                        "dustwarden_rejections_total{reason=\"bad-password\"} 1.0",
                        "dustwarden_tolerated_total{device=\"dust-1\",name=\"length\",site=\"a-site\"} 1.0",
                        "dustwarden_hj212_frames_total 4.0")) {
                    assertTrue(metrics.contains(line), line);
                }
            }
        }
    }

    private static String asked(Socket device, BufferedReader in, String mn, String password, String now) throws Exception {
        device.getOutputStream().write(Hj212Answer.frame("QN=" + now + "001;ST=39;CN=2011;PW=" + password + ";MN=" + mn
                + ";Flag=5;CP=&&DataTime=" + now + ";a34002-Rtd=118.5,a34002-Flag=N;&&"));
        return in.readLine();
    }

    /** A heartbeat whose length is one off. */
    private static String beat(Socket device, BufferedReader in, String now) throws Exception {
        String right = new String(Hj212Answer.frame("QN=" + now + "002;ST=91;CN=9015;PW=123456;MN=MN000001;Flag=9;CP=&&&&"),
                StandardCharsets.ISO_8859_1);
        int length = Integer.parseInt(right.substring(2, 6));
        device.getOutputStream().write(String.format("##%04d%s", length + 1, right.substring(6)).getBytes(StandardCharsets.ISO_8859_1));
        return in.readLine();
    }

    /** The answer once it is as wanted. */
    private static JsonNode await(RunningNode node, String path, java.util.function.Predicate<JsonNode> wanted) throws Exception {
        JsonNode last = Json.object();
        for (int i = 0; i < 2_000; i++) {
            last = Json.parse(node.asAdministrator("GET", path, "").body());
            if (wanted.test(last)) {
                return last;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError(path + " stays " + last);
    }

    @Test
    void aCameraThatPushesAPictureWithItsEventIsHeard() throws Exception {
        Path register = Files.createDirectories(directory.resolve("register"));
        Files.writeString(register.resolve("site.yaml"), SITE);
        String event = "<EventNotificationAlert version=\"2.0\"><dateTime>" + java.time.OffsetDateTime.now().withNano(0)
                + "</dateTime><eventType>shelteralarm</eventType><eventState>active</eventState></EventNotificationAlert>";
        String body = "--b\r\nContent-Disposition: form-data; name=\"event.xml\"\r\n\r\n" + event
                + "\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n\u0001" + "x".repeat(200_000) + "\r\n--b--\r\n";
        try (RunningNode node = new RunningNode(directory.resolve("data"), register, Optional.empty())) {
            var answer = RunningNode.send(node.request("/api/v1/observations/a-site/cam-1/camera")
                    .header("Authorization", "Bearer " + RunningNode.TOKEN)
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertEquals(202, answer.statusCode(), answer.body());
            JsonNode camera = await(node, "/api/v1/sites/a-site/devices",
                    json -> json.at("/items/1/state").asText().equals("reporting")).at("/items/1");
            assertTrue(camera.at("/camera/blocked").asBoolean(), camera.toString());
        }
    }
}
