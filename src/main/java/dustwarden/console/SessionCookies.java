package dustwarden.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Session cookies that carry their own end under a keyed hash: nothing is kept, and a restart logs nobody out. */
final class SessionCookies {
    static final String NAME = "dustwarden-session";
    static final Duration LIFETIME = Duration.ofHours(12);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private final SecretKeySpec key;
    private final InstantSource clock;

    SessionCookies(String secret, InstantSource clock) {
        this.key = new SecretKeySpec(hash(new SecretKeySpec(utf8(secret), "HmacSHA256"), NAME), "HmacSHA256");
        this.clock = clock;
    }

    String issue() {
        String end = Long.toString(clock.instant().plus(LIFETIME).getEpochSecond());
        return end + "." + BASE64.encodeToString(hash(key, end));
    }

    /** When the session ends; empty where the cookie is not ours or over. */
    Optional<Instant> read(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 1 || dot > 15 || !cookie.substring(0, dot).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        String end = cookie.substring(0, dot);
        String wanted = BASE64.encodeToString(hash(key, end));
        if (!MessageDigest.isEqual(utf8(wanted), utf8(cookie.substring(dot + 1)))) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(end)))
                .filter(until -> clock.instant().isBefore(until));
    }

    private static byte[] hash(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
