package dustwarden.notify;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a channel's secrets out of what the other side said, and keeps it short. */
final class Redaction {
    private static final int TEXT_MAX = 200;
    private static final int SECRET_MIN = 6;

    private final List<String> secrets = new ArrayList<>();

    Redaction(Optional<URI> url, Optional<String> secret) {
        url.ifPresent(u -> {
            add(u.toString());
            add(String.valueOf(u.getRawQuery()));
            for (String part : String.valueOf(u.getRawQuery()).split("&")) {
                add(part.substring(part.indexOf('=') + 1));
            }
            String path = String.valueOf(u.getRawPath());
            add(path.substring(path.lastIndexOf('/') + 1));
        });
        secret.ifPresent(this::add);
    }

    private void add(String secret) {
        if (secret.length() >= SECRET_MIN) {
            secrets.add(secret);
        }
    }

    String of(String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, "***");
        }
        safe = safe.replaceAll("\\p{Cntrl}+", " ").strip();
        return safe.length() <= TEXT_MAX ? safe : safe.substring(0, safe.offsetByCodePoints(0, TEXT_MAX / 2)) + "…";
    }
}
