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
 * Links by which a receiver acknowledges one alarm from a phone, for a day and once.
 *
 * <p>A token is the notice's id, its end in Unix seconds and half an HMAC-SHA256 over both, the alarm and the receiver: 28 bytes
 * in base64url. Nobody can make one for another alarm or person, and none needs to be stored.
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

    /** What a token says. */
    record Claim(String notice, long endsAt, byte[] mac) {}

    /** Where the console is, if anybody outside can reach it. */
    Optional<URI> base() {
        return base;
    }

    Optional<String> url(Notice notice, long now) {
        if (base.isEmpty() || notice.site().isEmpty() || !OPEN.contains(notice.alarmNode().path("state").asText())) {
            return Optional.empty();
        }
        String root = base.get().toString();
        return Optional.of((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + "/a/" + token(notice, now));
    }

    String token(Notice notice, long now) {
        long end = now / 1000 + LIFE.toSeconds();
        ByteBuffer token = ByteBuffer.allocate(TOKEN_BYTES);
        token.put(HexFormat.of().parseHex(notice.id())).putInt((int) end).put(mac(notice, end));
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

    private byte[] mac(Notice notice, long end) {
        String text = String.join("\n", "acknowledge", notice.id(), String.valueOf(end), notice.alarm(), notice.receiver());
        return Arrays.copyOf(Hmac.sha256(key, text.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    }
}
