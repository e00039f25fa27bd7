package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.series.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A custom robot of DingTalk (钉钉): a markdown message; success is {@code errcode} 0.
 *
 * <p>Time (ms) and signature stand in the address: base64 of HMAC-SHA256 keyed with the secret over the time, a line feed and
 * the secret. Over 20 messages a minute the robot takes nothing for ten minutes.
 */
public final class DingTalkChannel implements Channel {
    private static final int BYTES_MAX = 20_000;
    private static final Duration THROTTLED = Duration.ofMinutes(10);
    /** Sent too fast; the quota of the edition is used up. */
    private static final Set<Integer> TOO_MUCH = Set.of(130101, 90018, 90030);
    /** Signature, time, keyword or address refused; token unknown; robot switched off. */
    private static final Set<Integer> DEAD = Set.of(310000, 300001, 300005, 400013, 400101, 400102, 400105);

    private final Robot robot;
    private final InstantSource clock;
    private final HttpPost http;

    public DingTalkChannel(Robot robot, InstantSource clock) {
        this.robot = robot;
        this.clock = clock;
        this.http = new HttpPost(robot.redaction());
    }

    @Override
    public Reply send(Parcel parcel) {
        URI url = robot.secret().map(s -> signed(robot.url(), s, clock.millis())).orElse(robot.url());
        return http.send(url, body(parcel), Map.of("Content-Type", "application/json; charset=utf-8"),
                new Errcodes(TOO_MUCH, THROTTLED, DEAD)::answer);
    }

    static URI signed(URI url, String secret, long now) {
        String text = url.toString();
        return URI.create(text + (text.contains("?") ? "&" : "?") + "timestamp=" + now + "&sign="
                + URLEncoder.encode(sign(secret, now), StandardCharsets.UTF_8));
    }

    static String sign(String secret, long now) {
        return Base64.getEncoder().encodeToString(Hmac.sha256(secret, now + "\n" + secret));
    }

    private String body(Parcel parcel) {
        Told told = robot.told(parcel);
        boolean call = parcel.urgent() && !robot.mention().isEmpty();
        String called = call ? robot.mention().stream().map(m -> "@" + m).collect(Collectors.joining(" ", "\n\n", "")) : "";
        String links = told.links().stream()
                .map(l -> "\n\n[" + l.label() + "](" + l.url() + ")")
                .collect(Collectors.joining());
        String head = "#### " + told.title();
        int room = BYTES_MAX - Told.bytes(head) - Told.bytes(links) - Told.bytes(called) - 2;
        ObjectNode body = Json.object().put("msgtype", "markdown");
        body.putObject("markdown")
                .put("title", told.title())
                .put("text", head + "\n\n" + told.body("  \n", room) + links + called);
        ObjectNode at = body.putObject("at").put("isAtAll", false);
        if (call) {
            var mobiles = at.putArray("atMobiles");
            robot.mention().forEach(mobiles::add);
        }
        return body.toString();
    }
}
