package dustwarden.app.node;

import dustwarden.intake.MqttSource;
import dustwarden.intake.PemTls;
import dustwarden.notify.AlertmanagerChannel;
import dustwarden.notify.Channel;
import dustwarden.notify.DingTalkChannel;
import dustwarden.notify.FeishuChannel;
import dustwarden.notify.LogChannel;
import dustwarden.notify.MailChannel;
import dustwarden.notify.MqttChannel;
import dustwarden.notify.Quota;
import dustwarden.notify.Robot;
import dustwarden.notify.Way;
import dustwarden.notify.WebhookChannel;
import dustwarden.notify.WeComChannel;
import dustwarden.settings.Secret;
import dustwarden.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLSocketFactory;

/** Makes the channels that the settings name, each with what its platform lets through. */
public final class Channels {
    /** DingTalk and WeCom take 20 a minute, Feishu 100 and 5 a second; two of each stay for what we do not count. */
    private static final int ROBOT_PER_MINUTE = 18;
    private static final int FEISHU_PER_MINUTE = 90;
    private static final int FEISHU_PER_SECOND = 4;
    private static final int SUBMISSION_PORT = 587;
    private static final int SMTPS_PORT = 465;

    private final Settings settings;
    private final InstantSource wall;
    private final MqttChannel.Publisher publisher;

    public Channels(Settings settings, InstantSource wall, MqttChannel.Publisher publisher) {
        this.settings = settings;
        this.wall = wall;
        this.publisher = publisher;
    }

    /** All of them by name, {@code log} first. */
    Map<String, Way> all() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("log", Way.of(new LogChannel(wall)));
        settings.channels().forEach(c -> ways.put(c.name(), way(c)));
        return ways;
    }

    private Way way(dustwarden.settings.Channel c) {
        boolean people = switch (c.kind()) {
            case DINGTALK, WECOM, FEISHU, SMTP -> true;
            case ALERTMANAGER, WEBHOOK, MQTT -> false;
        };
        return new Way(channel(c), quota(c), c.fallback(), people);
    }

    private static Quota quota(dustwarden.settings.Channel c) {
        return switch (c.kind()) {
            case DINGTALK, WECOM -> Quota.of(c.perMinute().orElse(ROBOT_PER_MINUTE), OptionalInt.empty(), c.perMonth());
            case FEISHU -> Quota.of(
                    c.perMinute().orElse(FEISHU_PER_MINUTE), OptionalInt.of(FEISHU_PER_SECOND), c.perMonth());
            case SMTP, ALERTMANAGER, WEBHOOK, MQTT -> c.perMinute().isPresent()
                    ? Quota.of(c.perMinute().getAsInt(), OptionalInt.empty(), c.perMonth())
                    : new Quota(OptionalInt.empty(), OptionalInt.empty(), 0, c.perMonth());
        };
    }

    /** The channel that one entry of the settings describes. */
    public Channel channel(dustwarden.settings.Channel c) {
        return switch (c.kind()) {
            case DINGTALK -> new DingTalkChannel(robot(c), wall);
            case WECOM -> new WeComChannel(robot(c));
            case FEISHU -> new FeishuChannel(robot(c), wall);
            case SMTP -> new MailChannel(mail(c), wall);
            case ALERTMANAGER -> new AlertmanagerChannel(
                    new AlertmanagerChannel.Settings(url(c), secret(c), c.language(), settings.publicUrl()));
            case WEBHOOK -> new WebhookChannel(new WebhookChannel.Settings(url(c), secret(c)), wall);
            case MQTT -> new MqttChannel(c.topic().orElse("warden/v1/notice"), publisher);
        };
    }

    private static Robot robot(dustwarden.settings.Channel c) {
        return new Robot(url(c), secret(c), c.language(), c.keyword(), c.mention());
    }

    private static MailChannel.Settings mail(dustwarden.settings.Channel c) {
        MailChannel.Tls tls = MailChannel.Tls.ofWire(c.tls());
        int port = c.port().orElse(tls == MailChannel.Tls.IMPLICIT ? SMTPS_PORT : SUBMISSION_PORT);
        Optional<SSLSocketFactory> trust = c.ca().map(ca -> {
            try {
                return PemTls.factory(new MqttSource.Tls(Optional.of(ca), Optional.empty(), Optional.empty()));
            } catch (IOException e) {
                throw new UncheckedIOException("notify.channels." + c.name() + ".ca: " + e.getMessage(), e);
            }
        });
        return new MailChannel.Settings(c.host().orElseThrow(), port, tls, c.username(), c.password().map(Secret::value),
                c.from().orElseThrow(), c.to(), c.language(), trust);
    }

    private static URI url(dustwarden.settings.Channel c) {
        return URI.create(c.url().orElseThrow().value());
    }

    private static Optional<String> secret(dustwarden.settings.Channel c) {
        return c.secret().map(Secret::value);
    }
}
