package dustwarden.notify;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Links by which a receiver acknowledges alarms from a phone, for a day: one alarm, or those of one merged message.
 *
 * <p>A token is the id of the notice or message, its end in Unix seconds and half an HMAC-SHA256 over both, the alarm and the
 * receiver: 28 bytes in base64url. Nobody can make one for another alarm or person, and none needs to be stored.
 */
public final class AckLinks {
    static final Duration LIFE = Duration.ofHours(24);
    private static final int ID_BYTES = 8;
    private static final int MAC_BYTES = 16;
    private static final int TOKEN_BYTES = ID_BYTES + 4 + MAC_BYTES;
    /** States in which acknowledging changes something. */
    private static final Set<String> OPEN = Set.of("raised", "rectified", "returned");

    private final Optional<URI> base;
    private final byte[] key;

    /** @param base where people reach the console from outside; empty: no links */
    public AckLinks(Optional<URI> base, byte[] key) {
        this.base = base;
        this.key = key.clone();
    }

    /** What a token says. @param notice id of the notice, or of the message */
    record Claim(String notice, long endsAt, byte[] mac) {}

    /** Where the console is, if anybody outside can reach it. */
    Optional<URI> base() {
        return base;
    }

    Optional<String> url(Notice notice, long now) {
        return isOfUse(notice) ? url(token(notice, now)) : Optional.empty();
    }

    /** A link to all that one receiver may acknowledge of a merged message. */
    Optional<String> url(String message, String receiver, long now) {
        long end = now / 1000 + LIFE.toSeconds();
        return url(token(message, end, ofMessage(message, end, receiver)));
    }

    private Optional<String> url(String token) {
        return base.map(URI::toString).map(root -> (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + "/a/" + token);
    }

    /** Whether acknowledging it would change something. */
    static boolean isOfUse(Notice notice) {
        return !notice.site().isEmpty() && OPEN.contains(notice.alarmNode().path("state").asText());
    }

    String token(Notice notice, long now) {
        long end = now / 1000 + LIFE.toSeconds();
        return token(notice.id(), end, mac(notice, end));
    }

    /** The token of one notice in a message, good for as long as that of the message. */
    String token(Notice notice, Claim message) {
        return token(notice.id(), message.endsAt() / 1000, mac(notice, message.endsAt() / 1000));
    }

    private static String token(String id, long end, byte[] mac) {
        ByteBuffer token = ByteBuffer.allocate(TOKEN_BYTES);
        token.put(HexFormat.of().parseHex(id)).putInt((int) end).put(mac);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** What a token claims, yet unproven; empty where it is none. */
    static Optional<Claim> read(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            // Another spelling of the same bytes is not what was given out.
            if (bytes.length != TOKEN_BYTES || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token)) {
                return Optional.empty();
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte[] id = new byte[ID_BYTES];
            in.get(id);
            long end = Integer.toUnsignedLong(in.getInt());
            return Optional.of(new Claim(
                    HexFormat.of().formatHex(id), end * 1000, Arrays.copyOfRange(bytes, ID_BYTES + 4, TOKEN_BYTES)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean proven(Claim claim, Notice notice) {
        return MessageDigest.isEqual(claim.mac(), mac(notice, claim.endsAt() / 1000));
    }

    boolean proven(Claim claim, String receiver) {
        return MessageDigest.isEqual(claim.mac(), ofMessage(claim.notice(), claim.endsAt() / 1000, receiver));
    }

    private byte[] mac(Notice notice, long end) {
        return mac("acknowledge", notice.id(), String.valueOf(end), notice.alarm(), notice.receiver());
    }

    private byte[] ofMessage(String message, long end, String receiver) {
        return mac("acknowledge-message", message, String.valueOf(end), receiver);
    }

    private byte[] mac(String... parts) {
        String text = String.join("\n", parts);
        return Arrays.copyOf(Hmac.sha256(key, text.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    }
}
