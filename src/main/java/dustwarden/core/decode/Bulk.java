package dustwarden.core.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Takes the pictures out of what a camera pushes, which is far larger with them than what is taken as a payload.
 *
 * <p>Parts of a multipart body that are no text, and texts within JSON longer than {@value #TEXT_BYTES_MAX} bytes (pictures
 * in base64), are left out; length and SHA-256 of each stand in its place, so that a picture kept elsewhere can be proven.
 */
public final class Bulk {
    static final int TEXT_BYTES_MAX = 2_048;
    private static final int BOUNDARY_BYTES_MAX = 100;

    private Bulk() {}

    /** The body itself where it is small enough to be a payload, else what is left of it without its pictures. */
    public static byte[] without(byte[] body) {
        if (body.length <= OwnDecoder.PAYLOAD_BYTES_MAX) {
            return body;
        }
        int start = 0;
        while (start < body.length && body[start] <= ' ' && body[start] >= 0) {
            start++;
        }
        byte[] parts = start + 2 < body.length && body[start] == '-' && body[start + 1] == '-' ? withoutParts(body, start) : body;
        return parts.length <= OwnDecoder.PAYLOAD_BYTES_MAX ? parts : withoutLongTexts(parts);
    }

    private static byte[] withoutParts(byte[] body, int start) {
        // Every byte is one character here, so places in the text are places in the body.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int line = text.indexOf('\n', start);
        String boundary = line < 0 ? "" : text.substring(start, line).strip();
        if (boundary.length() < 3 || boundary.length() > BOUNDARY_BYTES_MAX) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = start;
        while (at >= 0 && at < body.length) {
            int next = text.indexOf(boundary, at + boundary.length());
            int end = next < 0 ? body.length : next;
            int head = text.indexOf("\r\n\r\n", at);
            int content = head < 0 || head + 4 > end ? at : head + 4;
            if (content == at || isText(body, content, end)) {
                out.write(body, at, end - at);
            } else {
                out.write(body, at, content - at);
                out.writeBytes((leftOut(body, content, end) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            at = next;
        }
        return out.toByteArray();
    }

    /** A picture has bytes that no text has within its first few. */
    private static boolean isText(byte[] body, int from, int to) {
        for (int i = from; i < Math.min(to, from + 64); i++) {
            if (body[i] >= 0 && body[i] < ' ' && body[i] != '\r' && body[i] != '\n' && body[i] != '\t') {
                return false;
            }
        }
        return from + 1 >= to || !((body[from] & 0xff) == 0xff && (body[from + 1] & 0xff) == 0xd8);
    }

    private static byte[] withoutLongTexts(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < json.length) {
            if (json[at] != '"') {
                out.write(json[at++]);
                continue;
            }
            int end = at + 1;
            while (end < json.length && json[end] != '"') {
                end += json[end] == '\\' ? 2 : 1;
            }
            if (end < json.length && end - at > TEXT_BYTES_MAX) {
                out.writeBytes(('"' + leftOut(json, at + 1, end) + '"').getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(json, at, Math.min(end + 1, json.length) - at);
            }
            at = end + 1;
        }
        return out.toByteArray();
    }

    private static String leftOut(byte[] body, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body, from, to - from);
            return "left out: " + (to - from) + " bytes, sha256 " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
