package dustwarden.core.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces passwords in frames by their keyed hash before anything is kept, and notes what that hides.
 *
 * <p>Every value of a key that ends in {@code PW} is replaced, so also the new password of CN 1072.
 */
public final class Hj212Seal {
    private final SecretKeySpec key;

    /** A frame without its password, and the note to keep with it. */
    public record Sealed(byte[] frame, String note) {
        public Sealed {
            frame = frame.clone();
        }
    }

    /** @param secret at least one byte, the same wherever hashes are compared */
    public Hj212Seal(byte[] secret) {
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** The keyed hash of a password: 64 hex digits. */
    public String hash(String password) {
        return hash(password.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String hash(byte[] password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    public Sealed seal(byte[] frame) {
        String note = Hj212Note.of(frame).text();
        ByteArrayOutputStream out = new ByteArrayOutputStream(frame.length + 64);
        int at = 0;
        while (at < frame.length) {
            if (!isPasswordAt(frame, at)) {
                out.write(frame[at++]);
                continue;
            }
            int from = at + 3;
            int to = from;
            while (to < frame.length && ";,&\r\n".indexOf(frame[to]) < 0 && !isCpAt(frame, to)) {
                to++;
            }
            out.write(frame, at, 3);
            out.writeBytes(hash(java.util.Arrays.copyOfRange(frame, from, to)).getBytes(StandardCharsets.US_ASCII));
            at = to;
        }
        return new Sealed(out.toByteArray(), note);
    }

    /** Whether the CP part begins here, which ends a value that lost its {@code ;}. */
    private static boolean isCpAt(byte[] frame, int at) {
        return at + 4 < frame.length
                && (frame[at] | 0x20) == 'c'
                && (frame[at + 1] | 0x20) == 'p'
                && frame[at + 2] == '='
                && frame[at + 3] == '&'
                && frame[at + 4] == '&';
    }

    private static boolean isPasswordAt(byte[] frame, int at) {
        return at + 2 < frame.length
                && (frame[at] == 'P' || frame[at] == 'p')
                && (frame[at + 1] == 'W' || frame[at + 1] == 'w')
                && frame[at + 2] == '=';
    }
}
