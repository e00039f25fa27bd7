package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The other side of a chat robot as the platforms describe it: signature and time checked, messages counted in a sliding
 * minute, their own codes answered. Its signatures are computed apart from those under test.
 */
public final class Platform {
    /** Which one. */
    public enum Kind {
        DINGTALK,
        WECOM,
        FEISHU
    }

    /** What it answers. */
    public record Answer(int status, String body) {}

    public static final String TOKEN = "0123456789abcdef-token";

    private final Kind kind;
    private final Optional<String> secret;
    private final Optional<String> keyword;
    private final InstantSource clock;
    private final Deque<Long> minute = new ArrayDeque<>();
    private long throttledUntil;
    private final List<String> taken = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    public Platform(Kind kind, Optional<String> secret, Optional<String> keyword, InstantSource clock) {
        this.kind = kind;
        this.secret = secret;
        this.keyword = keyword;
        this.clock = clock;
    }

    /** Texts of the messages that reached the group. */
    public synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    /** Codes of the messages that did not. */
    public synchronized List<String> refused() {
        return List.copyOf(refused);
    }

    public synchronized Answer post(String pathAndQuery, String body) {
        JsonNode json = Json.parse(body);
        Answer answer = switch (kind) {
            case DINGTALK -> dingtalk(query(pathAndQuery), json, body);
            case WECOM -> wecom(query(pathAndQuery), json);
            case FEISHU -> feishu(pathAndQuery, json, body);
        };
        if (answer.body().contains("\"errcode\":0") || answer.body().contains("\"code\":0")) {
            taken.add(text(json));
        } else {
            refused.add(answer.status() + " " + answer.body());
        }
        return answer;
    }

    private Answer dingtalk(Map<String, String> query, JsonNode json, String body) {
        if (!TOKEN.equals(query.get("access_token"))) {
            return new Answer(200, "{\"errcode\":300001,\"errmsg\":\"token is not exist\"}");
        }
        if (secret.isPresent()) {
            long ts = Long.parseLong(query.getOrDefault("timestamp", "0"));
            if (Math.abs(clock.millis() - ts) > 3_600_000) {
                return new Answer(200, "{\"errcode\":310000,\"errmsg\":\"description:invalid timestamp\"}");
            }
            if (!mac(secret.get(), ts + "\n" + secret.get()).equals(query.get("sign"))) {
                return new Answer(200, "{\"errcode\":310000,\"errmsg\":\"description:sign not match\"}");
            }
        }
        if (keyword.isPresent() && !text(json).contains(keyword.get())) {
            return new Answer(200, "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}");
        }
        if (bytes(body) > 30_000) {
            return new Answer(200, "{\"errcode\":460101,\"errmsg\":\"message too long\"}");
        }
        long now = clock.millis();
        if (now < throttledUntil || over(20)) {
            throttledUntil = Math.max(throttledUntil, now + 600_000);
            return new Answer(200, "{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}");
        }
        minute.add(now);
        return new Answer(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private Answer wecom(Map<String, String> query, JsonNode json) {
        if (!TOKEN.equals(query.get("key"))) {
            return new Answer(200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url, hint: [1], from ip\"}");
        }
        String type = json.path("msgtype").asText();
        String content = json.path(type).path("content").asText();
        if (bytes(content) > (type.equals("markdown") ? 4096 : 2048)) {
            return new Answer(200, "{\"errcode\":40058,\"errmsg\":\"content exceed max length\"}");
        }
        if (over(20)) {
            return new Answer(200, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
        }
        minute.add(clock.millis());
        return new Answer(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private Answer feishu(String path, JsonNode json, String body) {
        if (!path.contains(TOKEN)) {
            return new Answer(400, "{\"code\":19001,\"msg\":\"param invalid: incoming webhook access token invalid\"}");
        }
        if (bytes(body) > 20_480) {
            return new Answer(400, "{\"code\":9499,\"msg\":\"Bad Request\"}");
        }
        if (secret.isPresent()) {
            long ts = Long.parseLong(json.path("timestamp").asText("0"));
            boolean late = Math.abs(clock.millis() / 1000 - ts) > 3_600;
            if (late || !mac(ts + "\n" + secret.get(), "").equals(json.path("sign").asText())) {
                return new Answer(200, "{\"code\":19021,\"msg\":\"sign match fail or timestamp is not within one hour\"}");
            }
        }
        if (over(100)) {
            return new Answer(200, "{\"code\":11232,\"msg\":\"frequency limited\"}");
        }
        long now = clock.millis();
        if (minute.stream().filter(at -> at > now - 1_000).count() >= 5) {
            return new Answer(400, "{\"code\":9499,\"msg\":\"too many request\",\"data\":{}}");
        }
        minute.add(now);
        return new Answer(200, "{\"code\":0,\"msg\":\"success\",\"data\":{}}");
    }

    private boolean over(int most) {
        while (!minute.isEmpty() && minute.peek() <= clock.millis() - 60_000) {
            minute.poll();
        }
        return minute.size() >= most;
    }

    static String text(JsonNode json) {
        String type = json.path("msgtype").asText(json.path("msg_type").asText());
        return switch (type) {
            case "markdown" -> json.path("markdown").path("title").asText() + json.path("markdown").path("text").asText()
                    + json.path("markdown").path("content").asText();
            case "text" -> json.path("text").path("content").asText();
            default -> json.path("card").toString();
        };
    }

    static Map<String, String> query(String pathAndQuery) {
        Map<String, String> found = new HashMap<>();
        for (String pair : pathAndQuery.substring(pathAndQuery.indexOf('?') + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                found.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static String mac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
