package dustwarden.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session cookies that carry their account and their own end under a keyed hash: a restart logs nobody out. What is kept
 * are those that were logged out before their end.
 */
final class SessionCookies {
    static final String NAME = "dustwarden-session";
    static final Duration LIFETIME = Duration.ofHours(12);

    private static final int CHARS_MAX = 256;
    private static final int ENDED_MAX = 10_000;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** @param stamp of the account when it logged in */
    record Session(String account, String stamp, Instant until) {}

    private final Map<String, Instant> ended = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final InstantSource clock;

    SessionCookies(String secret, InstantSource clock) {
        this.key = new SecretKeySpec(hash(new SecretKeySpec(utf8(secret), "HmacSHA256"), NAME), "HmacSHA256");
        this.clock = clock;
    }

    String issue(String account, String stamp) {
        byte[] nonce = new byte[9];
        random.nextBytes(nonce);
        String end = Long.toString(clock.instant().plus(LIFETIME).getEpochSecond());
        String said = BASE64.encodeToString(utf8(account)) + "." + stamp + "." + BASE64.encodeToString(nonce) + "." + end;
        return said + "." + BASE64.encodeToString(hash(key, said));
    }

    /** The session of a cookie; empty where it is not ours, over or logged out. */
    Optional<Session> read(String cookie) {
        int dot = cookie.lastIndexOf('.');
        if (dot < 1 || cookie.length() > CHARS_MAX) {
            return Optional.empty();
        }
        String said = cookie.substring(0, dot);
        String wanted = BASE64.encodeToString(hash(key, said));
        if (!MessageDigest.isEqual(utf8(wanted), utf8(cookie.substring(dot + 1)))) {
            return Optional.empty();
        }
        // From here on the text is our own.
        String[] parts = said.split("\\.", -1);
        String account = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        Session session = new Session(account, parts[1], Instant.ofEpochSecond(Long.parseLong(parts[3])));
        return Optional.of(session).filter(s -> clock.instant().isBefore(s.until()) && !isEnded(cookie));
    }

    /** The cookie opens nothing from here on, also for somebody who copied it. */
    synchronized void end(String cookie) {
        Optional<Session> session = read(cookie);
        if (session.isPresent()) {
            ended.values().removeIf(until -> until.isBefore(clock.instant()));
            if (ended.size() >= ENDED_MAX) {
                ended.remove(ended.keySet().iterator().next());
            }
            ended.put(cookie, session.get().until());
        }
    }

    private synchronized boolean isEnded(String cookie) {
        return ended.containsKey(cookie);
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
