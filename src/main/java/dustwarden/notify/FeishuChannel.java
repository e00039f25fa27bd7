package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.series.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A custom robot of Feishu or Lark (飞书): a card of at most 20 KB; success is {@code code} 0, also where HTTP says otherwise.
 *
 * <p>Time (s) and signature stand in the body: base64 of HMAC-SHA256 of nothing, keyed with the time, a line feed and the
 * secret. Key and message are the other way round than DingTalk's.
 */
public final class FeishuChannel implements Channel {
    static final int BODY_BYTES_MAX = 20_000;
    /** What the card around the text takes, links aside. */
    private static final int FRAME_BYTES = 1_000;
    private static final Duration THROTTLED = Duration.ofSeconds(65);
    private static final int BAD_REQUEST = 9499;
    private static final int RATE = 11232;
    /** Signature or time, address, keyword refused; robot unknown or switched off. */
    private static final Set<Integer> DEAD = Set.of(19001, 19002, 19003, 19021, 19022, 19024);

    private final Robot robot;
    private final InstantSource clock;
    private final HttpPost http;

    public FeishuChannel(Robot robot, InstantSource clock) {
        this.robot = robot;
        this.clock = clock;
        this.http = new HttpPost(robot.redaction());
    }

    @Override
    public Reply send(Parcel parcel) {
        return http.send(robot.url(), body(parcel), Map.of("Content-Type", "application/json; charset=utf-8"),
                FeishuChannel::judge);
    }

    static String sign(String secret, long seconds) {
        return Base64.getEncoder().encodeToString(Hmac.sha256(seconds + "\n" + secret, ""));
    }

    private String body(Parcel parcel) {
        // Escaping makes JSON longer than its text, by how much is known only afterwards.
        int room = BODY_BYTES_MAX - FRAME_BYTES;
        String body = body(parcel, room);
        while (Told.bytes(body) > BODY_BYTES_MAX && room > 0) {
            room -= Told.bytes(body) - BODY_BYTES_MAX;
            body = body(parcel, Math.max(0, room));
        }
        return body;
    }

    private String body(Parcel parcel, int room) {
        Told told = robot.told(parcel);
        boolean call = parcel.urgent() && !robot.mention().isEmpty();
        String called = call
                ? robot.mention().stream().map(m -> "<at id=" + m + "></at>").collect(Collectors.joining("", "\n", ""))
                : "";
        ObjectNode body = Json.object();
        robot.secret().ifPresent(s -> {
            long seconds = clock.millis() / 1000;
            body.put("timestamp", String.valueOf(seconds)).put("sign", sign(s, seconds));
        });
        ObjectNode card = body.put("msg_type", "interactive").putObject("card");
        card.putObject("config").put("wide_screen_mode", true);
        ObjectNode header = card.putObject("header").put("template", parcel.urgent() ? "red" : "orange");
        header.putObject("title").put("tag", "plain_text").put("content", told.title());
        var elements = card.putArray("elements");
        elements.addObject().put("tag", "div").putObject("text").put("tag", "lark_md")
                .put("content", told.body("\n", Math.max(0, room - Told.bytes(called))) + called);
        if (!told.links().isEmpty()) {
            var actions = elements.addObject().put("tag", "action").putArray("actions");
            told.links().forEach(l -> actions.addObject().put("tag", "button").put("type", "primary").put("url", l.url())
                    .putObject("text").put("tag", "plain_text").put("content", l.label()));
        }
        return body.toString();
    }

    private static Answer judge(HttpPost.Response response) {
        if (!response.json().path("code").isIntegralNumber()) {
            return response.status() / 100 == 2 ? new Answer.NotNow(response.text()) : response.byStatus();
        }
        int code = response.json().path("code").asInt();
        if (code == 0) {
            return response.status() / 100 == 2 ? new Answer.Taken(response.text()) : response.byStatus();
        }
        boolean tooMany = response.json().path("msg").asText().toLowerCase(java.util.Locale.ROOT).contains("too many");
        if (code == RATE || code == BAD_REQUEST && tooMany || response.status() == 429) {
            return new Answer.Throttled(response.text(), THROTTLED);
        }
        return DEAD.contains(code) ? new Answer.Dead(response.text())
                : response.status() >= 500 ? new Answer.NotNow(response.text()) : new Answer.Never(response.text());
    }
}
