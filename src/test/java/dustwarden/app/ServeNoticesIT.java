package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.MailServer;
import dustwarden.notify.Platform;
import dustwarden.notify.Platform.Kind;
import dustwarden.notify.RobotServer;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar tells people over local robots that behave as the real ones, is killed meanwhile, and turns sprays on. */
class ServeNoticesIT {
    private static final String TOKEN = "admin-token-of-the-notices-it";
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final String SECRET = "SECof-the-it";
    private static final Pattern LINK = Pattern.compile("https://dust\\.example(/a/[A-Za-z0-9_-]+)");
    private static final int BUSY = 8;
    /** Six a minute: two are kept for what presses, two go at once, then one each twenty seconds. */
    private static final int BUSY_PER_MINUTE = 6;
    private static final long BUSY_GAP_MS = 19_000;

    @TempDir
    private Path temp;

    private final Platform dingtalk = platform(Kind.DINGTALK, SECRET);
    private final Platform wecom = platform(Kind.WECOM, SECRET);
    private final Platform feishu = platform(Kind.FEISHU, SECRET);
    private final Platform strict = platform(Kind.DINGTALK, "SECanother");
    private final Platform second = platform(Kind.FEISHU, SECRET);
    private final Platform busy = platform(Kind.WECOM, SECRET);
    private final List<Long> busyTimes = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final List<RobotServer> servers = new ArrayList<>();
    private final RobotServer alertmanager = server((path, body) -> new Platform.Answer(200, ""));
    private final RobotServer hook = server((path, body) -> new Platform.Answer(200, ""));
    private final RobotServer slow = server((path, body) -> {
        try {
            held.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Platform.Answer(200, "");
    });
    private MailServer mail;
    private String broker;
    private String config;

    private static Platform platform(Kind kind, String secret) {
        return new Platform(kind, kind == Kind.WECOM ? Optional.empty() : Optional.of(secret), Optional.empty(), InstantSource.system());
    }

    private RobotServer server(java.util.function.BiFunction<String, String, Platform.Answer> answers) {
        RobotServer server = new RobotServer(answers);
        servers.add(server);
        return server;
    }

    private String robot(Platform platform, String path) {
        return server(platform::post).url(path + Platform.TOKEN).toString();
    }

    @BeforeEach
    void settings() throws Exception {
        mail = new MailServer(MailServer.Manner.PLAIN, temp);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        broker = "tcp://127.0.0.1:" + port;
        Files.createDirectories(temp.resolve("register"));
        site("all-1", List.of("dingtalk", "wecom", "feishu", "mail", "alerts", "hook"), "");
        site("dead-1", List.of("strict, second"), "");
        site("last-1", List.of("hook"), "");
        site("wet-1", List.of("log"), "  - {id: dust-1, kind: monitor, every: PT1M}\n"
                + "  - {id: fog-1, kind: spray, every: PT1M, suppresses: [earthwork]}\n");
        for (int i = 0; i < BUSY; i++) {
            site("busy-" + i, List.of("busy", "slow"), "");
        }
        String busyUrl = server((path, body) -> {
            Platform.Answer answer = busy.post(path, body);
            busyTimes.add(System.currentTimeMillis());
            return answer;
        }).url("/cgi-bin/webhook/send?key=" + Platform.TOKEN).toString();
        config = Files.writeString(temp.resolve("serve.yaml"), """
                data: %s/data
                register: %s/register
                http: {host: 127.0.0.1, port: 0, public: "https://dust.example"}
                management: {host: 127.0.0.1, port: 0}
                hj212: {port: 0}
                mqtt: {host: 127.0.0.1, port: %d}
                auth: {token: "%s"}
                suppression: {sites: {wet-1: {mode: on, start: 150, startFor: PT1S, answer: PT60S}}}
                notify:
                  channels:
                    dingtalk: {kind: dingtalk, url: "%s", secret: %s}
                    wecom: {kind: wecom, url: "%s"}
                    feishu: {kind: feishu, url: "%s", secret: %s}
                    mail: {kind: smtp, host: 127.0.0.1, port: %d, tls: none, from: dust@example.com, to: [li@example.com]}
                    alerts: {kind: alertmanager, url: "%s"}
                    hook: {kind: webhook, url: "%s", secret: %s}
                    slow: {kind: webhook, url: "%s"}
                    strict: {kind: dingtalk, url: "%s", secret: %s}
                    second: {kind: feishu, url: "%s", secret: %s}
                    busy: {kind: wecom, url: "%s", perMinute: %d}
                """.formatted(temp, temp, port, TOKEN,
                        robot(dingtalk, "/robot/send?access_token="), SECRET, robot(wecom, "/cgi-bin/webhook/send?key="),
                        robot(feishu, "/open-apis/bot/v2/hook/"), SECRET, mail.port(), alertmanager.url("/api"), hook.url("/hook"),
                        SECRET, slow.url("/slow"), robot(strict, "/robot/send?access_token="), SECRET,
                        robot(second, "/open-apis/bot/v2/hook/"), SECRET, busyUrl, BUSY_PER_MINUTE)).toString();
    }

    private void site(String id, List<String> channels, String devices) throws Exception {
        StringBuilder contacts = new StringBuilder();
        // Who has several channels is not named by one, so that a channel's name in a text is about the channel.
        channels.forEach(c -> contacts.append("  - {role: supervisor, name: " + (c.contains(",") ? "Wang" : "Li by " + c)
                + ", channels: [" + c + "]}\n"));
        Files.writeString(temp.resolve("register").resolve(id + ".yaml"), """
                site: %s
                name: {zh: 工地 %s, en: Site %s}
                region: "410000/410700/410702/grid-1"
                rulebook: [henan-seven]
                contacts:
                %sgates: [{id: gate-a}]
                devices:
                  - {id: wash-a, kind: gate, gate: gate-a, every: PT2M}
                %s""".formatted(id, id, id, contacts, devices));
    }

    @AfterEach
    void stop() throws Exception {
        held.countDown();
        servers.forEach(RobotServer::close);
        mail.close();
    }

    @Test
    void eachNoticeArrivesOnceAndALinkAcknowledgesOnceAndAKillForgetsNothing() throws Exception {
        try (PackagedJar serve = PackagedJar.run(temp, "serve", "--config", config)) {
            Api api = serve.api(TOKEN);
            try (Field field = Field.over(broker)) {
                unwashed(field, "all-1");
                arriveOnce(serve, api);
                useLink(api);
                unwashed(field, "dead-1");
                toldByTheOther(serve, api);
                sprayRuns(serve, api, field);
                for (int i = 0; i < BUSY; i++) {
                    unwashed(field, "busy-" + i);
                }
            }
            Await.until("notices are in flight" + serve, MOST, () -> !slow.requests.isEmpty() && busyTimes.size() >= 2
                    && notices(api, "busy").size() == BUSY && notices(api, "slow").size() == BUSY);
            serve.kill();
        }
        held.countDown();
        int before = othersSaid();
        try (PackagedJar serve = PackagedJar.run(temp, "serve", "--config", config)) {
            Api api = serve.api(TOKEN);
            repeatedAtMostOnce(serve, api);
            Await.until("all that was due to the busy robot is told" + serve, MOST, () -> notices(api, "busy").stream()
                    .allMatch(n -> List.of("sent", "merged").contains(n.get("fate").asText())));
            assertEquals(List.of(), busy.refused());
            for (int i = 2; i < busyTimes.size(); i++) {
                boolean withinTheMinute = busyTimes.get(i) - busyTimes.get(i - 2) < 60_000;
                assertTrue(!withinTheMinute || busyTimes.get(i) - busyTimes.get(i - 1) > BUSY_GAP_MS,
                        "the quota was forgotten: " + busyTimes);
            }
            assertEquals(before, othersSaid(), "a start told again");
            int all = before + busyTimes.size() + slow.requests.size();
            assertEquals(0, serve.terminate(Duration.ofSeconds(20)), serve.toString());
            startedAgain(all);
        }
        assertTrue(busyTimes.size() <= 4, "messages to the busy robot: " + busyTimes);
    }

    private void startedAgain(int all) throws Exception {
        try (PackagedJar serve = PackagedJar.run(temp, "serve", "--config", config)) {
            Api api = serve.api(TOKEN);
            try (Field field = Field.over(broker)) {
                unwashed(field, "last-1");
            }
            Await.until("what is new is told" + serve, MOST, () -> notices(api, "hook").stream()
                    .anyMatch(n -> n.get("site").asText().equals("last-1") && n.get("fate").asText().equals("sent")));
            assertEquals(all + 1, othersSaid() + busyTimes.size() + slow.requests.size(), "nothing but what is new");
        }
    }

    private static void unwashed(Field field, String site) throws Exception {
        field.send(site + "/wash-a/passage", Field.passage(System.currentTimeMillis() - 1_000, "dirty-1", false));
        field.acknowledged();
    }

    private int othersSaid() {
        return dingtalk.taken().size() + wecom.taken().size() + feishu.taken().size() + mail.messages.size()
                + alertmanager.requests.size() + hook.requests.size() + second.taken().size();
    }

    private static List<JsonNode> notices(Api api, String channel) {
        return api.all("/api/v1/notices", "items").stream().filter(n -> n.get("channel").asText().equals(channel)).toList();
    }

    private void arriveOnce(PackagedJar serve, Api api) throws Exception {
        Await.until("all six are sent" + serve, MOST, () -> {
            List<JsonNode> all = api.all("/api/v1/notices", "items");
            return all.size() == 6 && all.stream().allMatch(n -> n.get("fate").asText().equals("sent"));
        });
        for (Platform each : List.of(dingtalk, wecom, feishu)) {
            assertEquals(1, each.taken().size(), each.refused().toString());
            assertTrue(LINK.matcher(each.taken().get(0)).find(), each.taken().get(0));
        }
        assertEquals(1, mail.messages.size());
        MimeMessage letter = new MimeMessage(null, new ByteArrayInputStream(mail.messages.get(0).getBytes(StandardCharsets.US_ASCII)));
        assertTrue(LINK.matcher(String.valueOf(letter.getContent())).find(), String.valueOf(letter.getContent()));
        assertEquals(1, alertmanager.requests.size());
        JsonNode alerts = Api.read(alertmanager.requests.get(0).body());
        assertEquals("firing", alerts.get("status").asText());
        assertTrue(LINK.matcher(alerts.at("/alerts/0/annotations/acknowledge").asText()).find(), alerts.toString());
        assertEquals(1, hook.requests.size());
        RobotServer.Request event = hook.requests.get(0);
        assertTrue(LINK.matcher(event.body()).find(), event.body());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = event.headers().getFirst("Dustwarden-Timestamp") + "." + event.body();
        assertEquals("sha256=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))),
                event.headers().getFirst("Dustwarden-Signature"));
    }

    private void useLink(Api api) {
        Matcher link = LINK.matcher(dingtalk.taken().get(0));
        assertTrue(link.find());
        Api phone = new Api(api.address(), Optional.empty());
        assertEquals(200, phone.get(link.group(1)).statusCode());
        assertEquals("raised", alarm(api, "all-1").get("state").asText(), "opening a link acknowledges nothing");
        assertEquals(200, phone.post(link.group(1), "").statusCode());
        Await.until("it is acknowledged", MOST, () -> alarm(api, "all-1").get("state").asText().equals("acknowledged"));
        assertEquals("Li by dingtalk", alarm(api, "all-1").get("acknowledgedBy").asText());
        assertEquals(410, phone.post(link.group(1), "").statusCode());
        assertEquals(410, phone.get(link.group(1)).statusCode());
    }

    private static JsonNode alarm(Api api, String site) {
        List<JsonNode> alarms = api.all("/api/v1/alarms?site=" + site + "&item=washing", "items");
        assertEquals(1, alarms.size(), alarms.toString());
        return alarms.get(0);
    }

    private void toldByTheOther(PackagedJar serve, Api api) {
        Await.until("the wrong signature is told by the other channel" + serve, MOST, () ->
                second.taken().stream().anyMatch(text -> text.contains("strict")));
        assertEquals(List.of(), strict.taken());
        assertTrue(strict.refused().get(0).contains("310000"), strict.refused().toString());
        assertTrue(second.taken().stream().anyMatch(text -> text.contains("dead-1")), second.taken().toString());
        assertTrue(notices(api, "strict").stream().noneMatch(n -> n.get("fate").asText().equals("sent")));
    }

    private void sprayRuns(PackagedJar serve, Api api, Field field) throws Exception {
        List<String> commands = new CopyOnWriteArrayList<>();
        try (MqttClient device = new MqttClient(broker, "fog-1", new MemoryPersistence())) {
            device.connect();
            device.subscribe("warden/v1/wet-1/fog-1/set", 1, (topic, message) ->
                    commands.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
            Await.until("the spray is told" + serve, MOST, () -> {
                field.send("wet-1/dust-1/reading", "{\"ts\":" + System.currentTimeMillis()
                        + ",\"values\":{\"pm10\":420,\"temperature\":21}}");
                field.acknowledged();
                return !commands.isEmpty();
            });
            JsonNode command = Api.read(commands.get(0));
            assertTrue(command.get("spray").asBoolean() && command.hasNonNull("until"), command.toString());
            field.send("wet-1/fog-1/spray", "{\"ts\":" + System.currentTimeMillis() + ",\"on\":true}");
            field.acknowledged();
            Await.until("its own report answers" + serve, MOST, () ->
                    api.json("/api/v1/commands?site=wet-1").toString().contains("\"answered\""));
            assertEquals(1, commands.size(), commands.toString());
            device.disconnect();
        }
    }

    private void repeatedAtMostOnce(PackagedJar serve, Api api) {
        Await.until("all that was in flight is told" + serve, MOST, () ->
                notices(api, "slow").stream().allMatch(n -> n.get("fate").asText().equals("sent")));
        Map<String, List<Boolean>> repeats = new LinkedHashMap<>();
        for (RobotServer.Request request : slow.requests) {
            JsonNode event = Api.read(request.body());
            repeats.computeIfAbsent(event.get("id").asText(), i -> new ArrayList<>())
                    .add(event.at("/data/repeat").asBoolean());
        }
        assertEquals(BUSY, repeats.size(), "each is there");
        assertTrue(repeats.values().stream().anyMatch(r -> r.size() > 1), "nothing was in flight at the kill");
        repeats.values().forEach(r -> {
            assertFalse(r.get(0), "what comes first is no repeat");
            assertTrue(r.stream().skip(1).allMatch(again -> again), "what came again says so");
        });
    }
}
