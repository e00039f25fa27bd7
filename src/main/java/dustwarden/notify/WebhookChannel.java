package dustwarden.notify;

import dustwarden.series.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A generic webhook: each notice is posted as a CloudEvents 1.0 event in its structured JSON form.
 *
 * <p>With a secret, {@code Dustwarden-Signature} is {@code sha256=} and the hex of HMAC-SHA256 over
 * {@code Dustwarden-Timestamp} (Unix seconds), a dot and the body.
 */
public final class WebhookChannel implements Channel {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_MAX = 200;

    /** @param secret signs; empty: unsigned */
    public record Settings(URI url, Optional<String> secret) {
        public Settings {
            if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
                throw new IllegalArgumentException("a webhook's url is http:// or https://");
            }
        }
    }

    private final Settings settings;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public WebhookChannel(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Answer send(Notice notice, NoticeText text) {
        String body = event(notice, text);
        String timestamp = String.valueOf(clock.millis() / 1000);
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header("Dustwarden-Timestamp", timestamp)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        settings.secret().ifPresent(s -> request.header("Dustwarden-Signature", "sha256=" + sign(s, timestamp + "." + body)));
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return new Answer.NotNow(e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.NotNow("interrupted");
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        String said = response.body().strip();
        String text = (status + " " + said.substring(0, Math.min(ANSWER_MAX, said.length()))).strip();
        if (status / 100 == 2) {
            return new Answer.Taken(text);
        }
        return status >= 500 || status == 408 || status == 429 ? new Answer.NotNow(text) : new Answer.Never(text);
    }

    private static String event(Notice notice, NoticeText text) {
        var event = Json.object();
        event.put("specversion", "1.0");
        event.put("id", notice.id());
        event.put("source", "/dustwarden/sites/" + notice.site());
        event.put("type", "org.dustwarden.alarm." + notice.transition());
        event.put("subject", notice.alarm());
        event.set("time", notice.alarmNode().path("at"));
        event.put("datacontenttype", "application/json");
        var data = event.putObject("data");
        data.set("alarm", notice.alarmNode());
        data.put("receiver", notice.receiver());
        data.put("channel", notice.channel());
        data.putObject("text").put("zh", text.zh()).put("en", text.en());
        if (notice.repeat()) {
            data.put("repeat", true);
        }
        return event.toString();
    }

    static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
