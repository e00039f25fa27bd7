package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.series.Json;
import java.net.URI;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A generic webhook: each notice is posted as a CloudEvents 1.0 event in its structured JSON form.
 *
 * <p>With a secret, {@code Dustwarden-Signature} is {@code sha256=} and the hex of HMAC-SHA256 over
 * {@code Dustwarden-Timestamp} (Unix seconds), a dot and the body.
 */
public final class WebhookChannel implements Channel {
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
    private final HttpPost http;

    public WebhookChannel(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = new HttpPost(new Redaction(Optional.of(settings.url()), settings.secret()));
    }

    @Override
    public Reply send(Parcel parcel) {
        String body = event(parcel);
        String timestamp = String.valueOf(clock.millis() / 1000);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
        headers.put("Dustwarden-Timestamp", timestamp);
        settings.secret().ifPresent(s -> headers.put("Dustwarden-Signature", "sha256=" + sign(s, timestamp + "." + body)));
        return http.send(settings.url(), body, headers, HttpPost.Response::byStatus);
    }

    private static String event(Parcel parcel) {
        Notice notice = parcel.lead();
        ObjectNode event = Json.object();
        event.put("specversion", "1.0");
        event.put("id", parcel.id());
        event.put("source", "/dustwarden/sites/" + notice.site());
        event.put("type", "org.dustwarden.alarm." + notice.transition());
        event.put("subject", notice.alarm());
        event.set("time", notice.alarmNode().path("at"));
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.set("alarm", notice.alarmNode());
        data.put("receiver", notice.receiver());
        data.put("channel", notice.channel());
        notice.language().ifPresent(l -> data.put("language", l));
        if (parcel.notices().size() > 1) {
            var merged = data.putArray("merged");
            parcel.notices().forEach(n -> merged.addObject()
                    .put("id", n.id()).put("receiver", n.receiver()).set("alarm", n.alarmNode()));
        }
        ObjectNode text = data.putObject("text");
        text.put("zh", parcel.text().zh().plain(Integer.MAX_VALUE));
        text.put("en", parcel.text().en().plain(Integer.MAX_VALUE));
        if (parcel.repeat()) {
            data.put("repeat", true);
        }
        return event.toString();
    }

    static String sign(String secret, String text) {
        return HexFormat.of().formatHex(Hmac.sha256(secret, text));
    }
}
