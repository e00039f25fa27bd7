package dustwarden.notify;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the settings say of a chat robot.
 *
 * @param url used as written; its token is a secret
 * @param secret that signs; empty: unsigned
 * @param language {@code zh} or {@code en}
 * @param keyword that must stand in every message, where the robot is set up so
 * @param mention whom to call by name when it presses: mobile numbers, for Feishu open ids
 */
public record Robot(
        URI url, Optional<String> secret, String language, Optional<String> keyword, List<String> mention) {
    public Robot {
        mention = List.copyOf(mention);
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("a robot's url is http:// or https://");
        }
    }

    Redaction redaction() {
        return new Redaction(Optional.of(url), secret);
    }

    /** The text in the receivers' language, with what the robot insists on. */
    Told told(Parcel parcel) {
        Told told = parcel.told(language);
        String title = Harmless.of(told.title());
        String titled = keyword.filter(k -> !title.contains(k)).map(k -> title + " · " + k).orElse(title);
        return new Told(titled, told.lines().stream().map(Harmless::of).toList(), told.links(), told.more());
    }
}
