package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.Channel.Answer;
import dustwarden.notify.Platform.Kind;
import dustwarden.series.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three robots against servers that check and count as theirs do. */
class RobotChannelsTest {
    private static final String SECRET = "SEC0123456789abcdef";
    private static final InstantSource WALL = InstantSource.fixed(Instant.parse("2026-03-14T01:00:00Z"));

    private static String path(Kind kind) {
        return switch (kind) {
            case DINGTALK -> "/robot/send?access_token=" + Platform.TOKEN;
            case WECOM -> "/cgi-bin/webhook/send?key=" + Platform.TOKEN;
            case FEISHU -> "/open-apis/bot/v2/hook/" + Platform.TOKEN;
        };
    }

    private static Channel channel(Kind kind, URI url, Optional<String> secret, Optional<String> keyword, InstantSource clock) {
        Robot robot = new Robot(url, secret, "zh", keyword, List.of());
        return switch (kind) {
            case DINGTALK -> new DingTalkChannel(robot, clock);
            case WECOM -> new WeComChannel(robot);
            case FEISHU -> new FeishuChannel(robot, clock);
        };
    }

    private static Optional<String> secret(Kind kind) {
        return kind == Kind.WECOM ? Optional.empty() : Optional.of(SECRET);
    }

    @Test
    void signsForDingTalkAsThePublishedVectorSays() {
        String secret = "SEC000000000000000000000test";
        assertEquals("yua7iTMxrpyBzxUCacRg15iHP7XcPkBPv1OUkA8bQlw=", DingTalkChannel.sign(secret, 1_700_000_000_000L));
        assertEquals("https://oapi.dingtalk.com/robot/send?access_token=T&timestamp=1700000000000"
                        + "&sign=yua7iTMxrpyBzxUCacRg15iHP7XcPkBPv1OUkA8bQlw%3D",
                DingTalkChannel.signed(
                        URI.create("https://oapi.dingtalk.com/robot/send?access_token=T"), secret, 1_700_000_000_000L).toString());
    }

    @Test
    void signsForFeishuTheOtherWayRound() {
        assertEquals("AOc8oJ7//5OlQlfWC3nRL0R+IkuzcD1FKcAyibRK9Q8=", FeishuChannel.sign("testsecret", 1_700_000_000L));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isTakenWithTheRightSignatureAndCarriesTheLink(Kind kind) {
        Platform platform = new Platform(kind, secret(kind), Optional.empty(), WALL);
        try (RobotServer server = RobotServer.of(platform)) {
            Channel channel = channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), WALL);
            Channel.Reply reply = channel.send(Parcels.one());
            assertInstanceOf(Answer.Taken.class, reply.answer(), reply.answer().text());
            assertEquals(64, reply.request().length());
            String text = platform.taken().get(0);
            assertTrue(text.contains("【告警·紧急】一号工地"), text);
            assertTrue(text.contains("https://dust.example/a/abc"), text);
            assertTrue(server.requests.get(0).path().startsWith(path(kind)), "the address is used as written");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWrongSecretOrKeyIsDeadAndNamedWithoutTheSecret(Kind kind) {
        Platform platform = new Platform(kind, secret(kind), Optional.empty(), WALL);
        try (RobotServer server = RobotServer.of(platform)) {
            String wrong = kind == Kind.WECOM ? path(kind).replace("-token", "-gone-") : path(kind);
            Channel channel = channel(kind, server.url(wrong), secret(kind).map(s -> s + "x"), Optional.empty(), WALL);
            Answer answer = channel.send(Parcels.one()).answer();
            assertInstanceOf(Answer.Dead.class, answer, answer.text());
            String code = kind == Kind.DINGTALK ? "310000" : kind == Kind.WECOM ? "93000" : "19021";
            assertTrue(answer.text().contains(code), answer.text());
            assertFalse(answer.text().contains("0123456789abcdef"), answer.text());
            assertTrue(platform.taken().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"DINGTALK", "FEISHU"})
    void aClockThatIsOffByOverAnHourIsRefused(Kind kind) {
        Platform platform = new Platform(kind, secret(kind), Optional.empty(), WALL);
        InstantSource off = InstantSource.offset(WALL, Duration.ofMinutes(61));
        try (RobotServer server = RobotServer.of(platform)) {
            Answer answer = channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), off).send(Parcels.one()).answer();
            assertInstanceOf(Answer.Dead.class, answer);
            assertTrue(answer.text().contains("timestamp"), answer.text());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tooMuchIsKnownByThePlatformsOwnCode(Kind kind) {
        Platform platform = new Platform(kind, secret(kind), Optional.empty(), WALL);
        try (RobotServer server = RobotServer.of(platform)) {
            Channel channel = channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), WALL);
            int most = kind == Kind.FEISHU ? 5 : 20;
            for (int i = 0; i < most; i++) {
                assertInstanceOf(Answer.Taken.class, channel.send(Parcels.one()).answer());
            }
            Answer answer = channel.send(Parcels.one()).answer();
            Answer.Throttled throttled = assertInstanceOf(Answer.Throttled.class, answer, answer.text());
            assertEquals(kind == Kind.DINGTALK ? Duration.ofMinutes(10) : Duration.ofSeconds(65), throttled.pause());
            assertEquals(most, platform.taken().size());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void staysWithinThePlatformsBytesAndCutsNoCharacter(Kind kind) {
        Platform platform = new Platform(kind, secret(kind), Optional.empty(), WALL);
        try (RobotServer server = RobotServer.of(platform)) {
            Channel channel = channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), WALL);
            for (Parcel parcel : List.of(Parcels.merged(2_000), Parcels.endless())) {
                Answer answer = channel.send(parcel).answer();
                assertInstanceOf(Answer.Taken.class, answer, answer.text());
            }
            String merged = platform.taken().get(0);
            assertTrue(merged.contains("……另有 "), merged.substring(merged.length() - 300));
            assertTrue(merged.contains("https://dust.example/a/abc"));
            String endless = platform.taken().get(1);
            assertTrue(endless.contains("现在要做：覆盖裸土"), "the line to act on is kept");
            assertFalse(endless.contains("\uFFFD") || endless.contains("?"), "no half character");
            for (RobotServer.Request request : server.requests) {
                JsonNode json = Json.parse(request.body());
                String content = json.path("markdown").path("content").asText();
                assertTrue(kind != Kind.WECOM || content.getBytes(StandardCharsets.UTF_8).length > 3_900, "what fits is used");
            }
        }
    }

    @Test
    void peopleAreCalledByTextAtWeComAndByNumberAtDingTalk() {
        Platform wecom = new Platform(Kind.WECOM, Optional.empty(), Optional.empty(), WALL);
        Platform dingtalk = new Platform(Kind.DINGTALK, Optional.empty(), Optional.empty(), WALL);
        try (RobotServer w = RobotServer.of(wecom); RobotServer d = RobotServer.of(dingtalk)) {
            new WeComChannel(new Robot(w.url(path(Kind.WECOM)), Optional.empty(), "zh", Optional.empty(), List.of("13800000000")))
                    .send(Parcels.endless());
            JsonNode text = Json.parse(w.requests.get(0).body());
            assertEquals("text", text.path("msgtype").asText());
            assertTrue(text.path("text").path("content").asText().getBytes(StandardCharsets.UTF_8).length <= 2_048);
            assertEquals("13800000000", text.path("text").path("mentioned_mobile_list").path(0).asText());
            assertEquals(1, wecom.taken().size());
            new DingTalkChannel(
                            new Robot(d.url(path(Kind.DINGTALK)), Optional.empty(), "zh", Optional.empty(), List.of("13800000000")), WALL)
                    .send(Parcels.one());
            JsonNode body = Json.parse(d.requests.get(0).body());
            assertEquals("13800000000", body.path("at").path("atMobiles").path(0).asText());
            assertTrue(body.path("markdown").path("text").asText().endsWith("@13800000000"));
        }
    }

    @Test
    void aRobotThatWantsAKeywordGetsIt() {
        Platform platform = new Platform(Kind.DINGTALK, Optional.empty(), Optional.of("扬尘"), WALL);
        try (RobotServer server = RobotServer.of(platform)) {
            URI url = server.url(path(Kind.DINGTALK));
            assertInstanceOf(Answer.Dead.class,
                    channel(Kind.DINGTALK, url, Optional.empty(), Optional.empty(), WALL).send(Parcels.one()).answer());
            assertInstanceOf(Answer.Taken.class,
                    channel(Kind.DINGTALK, url, Optional.empty(), Optional.of("扬尘"), WALL).send(Parcels.one()).answer());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void wordsOfDevicesAreNoTagsMentionsOrLinks(Kind kind) {
        Platform platform = new Platform(kind, secret(kind), Optional.empty(), WALL);
        Told hostile = new Told("【告警】<at id=all></at> @all", List.of("[点我](http://evil.example) <font color=\"red\">x</font>"),
                List.of(), Optional.empty());
        try (RobotServer server = RobotServer.of(platform)) {
            channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), WALL)
                    .send(Parcels.of(new NoticeText(hostile, Parcels.EN)));
            String text = platform.taken().get(0);
            assertFalse(text.contains("<at") || text.contains("<font") || text.contains("](") || text.contains("http://evil")
                    || text.contains("@all"), text);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void troubleOfTheirsAndNobodyThereMayPass(Kind kind) {
        Channel channel;
        try (RobotServer server = new RobotServer((path, body) -> new Platform.Answer(502, "<html>bad gateway</html>"))) {
            channel = channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), WALL);
            assertInstanceOf(Answer.NotNow.class, channel.send(Parcels.one()).answer());
        }
        Answer answer = channel.send(Parcels.one()).answer();
        assertInstanceOf(Answer.NotNow.class, answer);
        assertFalse(answer.text().contains("127.0.0.1"), answer.text());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anHttp200WithoutACodeIsNoSuccess(Kind kind) {
        try (RobotServer server = new RobotServer((path, body) -> new Platform.Answer(200, "<html>welcome</html>"))) {
            Answer answer = channel(kind, server.url(path(kind)), secret(kind), Optional.empty(), WALL).send(Parcels.one()).answer();
            assertInstanceOf(Answer.NotNow.class, answer);
        }
    }
}
