package dustwarden.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The parts that matter of a body that begins with {@code --boundary}, as cameras push them; else the body itself. */
final class Multipart {
    private static final int PARTS_MAX = 32;
    private static final int BOUNDARY_CHARS_MAX = 100;

    private Multipart() {}

    /** At least one; of plain text, which anything is, the first alone. */
    static List<byte[]> parts(byte[] body, PayloadTree.Kind kind) {
        int start = firstSign(body, 0);
        if (start + 3 > body.length || body[start] != '-' || body[start + 1] != '-') {
            return List.of(body);
        }
        // Every byte is one character here, so places in the text are places in the body.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int line = text.indexOf('\n', start);
        String boundary = line < 0 ? "" : text.substring(start, line).strip();
        if (boundary.length() < 3 || boundary.length() > BOUNDARY_CHARS_MAX) {
            return List.of(body);
        }
        List<byte[]> parts = new ArrayList<>();
        int from = line + 1;
        for (int i = 0; i < PARTS_MAX && from < text.length(); i++) {
            int end = text.indexOf(boundary, from);
            end = end < 0 ? text.length() : end;
            int content = content(text, from, end);
            int sign = firstSign(body, content);
            if (sign < end && fits((char) body[sign], kind) && !isPicture(text, from, content)) {
                parts.add(Arrays.copyOfRange(body, sign, end));
                if (kind == PayloadTree.Kind.TEXT) {
                    break;
                }
            }
            int next = text.indexOf('\n', end);
            if (next < 0) {
                break;
            }
            from = next + 1;
        }
        return parts.isEmpty() ? List.of(body) : parts;
    }

    private static boolean isPicture(String text, int from, int content) {
        String headers = text.substring(from, content).toLowerCase(Locale.ROOT);
        return headers.contains("content-type: image/") || headers.contains("content-type:image/");
    }

    /** Where a part's headers end. */
    private static int content(String text, int from, int end) {
        int windows = text.indexOf("\r\n\r\n", from);
        int unix = text.indexOf("\n\n", from);
        int at = windows >= 0 && (unix < 0 || windows < unix) ? windows + 4 : unix < 0 ? from : unix + 2;
        return at > end ? from : at;
    }

    private static int firstSign(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\r' || body[at] == '\n' || body[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean fits(char sign, PayloadTree.Kind kind) {
        return switch (kind) {
            case JSON, FORM, SPARKPLUG -> sign == '{' || sign == '[';
            case XML -> sign == '<';
            case TEXT, KEYVALUE -> sign < 128;
        };
    }
}
