package dustwarden.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A way to tell people, named by sites' contacts.
 *
 * @param url used as written; it is a secret, since robots carry their token in it
 * @param secret that signs
 * @param tls of mail: {@code auto}, {@code starttls}, {@code implicit} or {@code none}
 * @param from sender of mail
 * @param to receivers of mail
 * @param topic of MQTT; empty: the one of the alarm
 * @param perMinute messages a minute at most; empty: what the platform allows
 * @param perMonth messages a calendar month at most; empty: any number
 * @param keyword that a robot wants in every message
 * @param mention whom a robot calls by name for what presses: mobile numbers, for Feishu open ids
 * @param ca PEM file of who signed a mail server's certificate, where Java does not know them
 * @param fallback the channel that is used when this one fails
 * @param language {@code zh} or {@code en}
 */
public record Channel(
        String name,
        Kind kind,
        Optional<Secret> url,
        Optional<Secret> secret,
        Optional<String> host,
        OptionalInt port,
        String tls,
        Optional<String> username,
        Optional<Secret> password,
        Optional<String> from,
        List<String> to,
        Optional<String> topic,
        OptionalInt perMinute,
        OptionalInt perMonth,
        Optional<String> keyword,
        List<String> mention,
        Optional<Path> ca,
        Optional<String> fallback,
        String language) {

    /** What stands at the other end. */
    public enum Kind {
        DINGTALK,
        WECOM,
        FEISHU,
        SMTP,
        ALERTMANAGER,
        WEBHOOK,
        MQTT;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> ofWire(String wire) {
            for (Kind kind : values()) {
                if (kind.wire().equals(wire)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }

        boolean posts() {
            return this != SMTP && this != MQTT;
        }
    }

    public Channel {
        to = List.copyOf(to);
        mention = List.copyOf(mention);
    }
}
