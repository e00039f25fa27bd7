package dustwarden.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The canonical bytes of a decision, which its leaf hash covers: a line of offset, time and type, a line of the site, then the
 * JSON line byte for byte. Its number is its place.
 */
final class DecisionCodec {
    private static final char VERSION = '1';

    private DecisionCodec() {}

    static byte[] encode(StoredDecision d) {
        if (d.type().indexOf(' ') >= 0 || d.type().indexOf('\n') >= 0 || d.site().orElse("").indexOf('\n') >= 0) {
            throw new IllegalArgumentException("type " + d.type() + " or site " + d.site() + " is not a word");
        }
        if (d.at() < 0) {
            throw new IllegalArgumentException("at " + d.at() + " is before 1970");
        }
        Out out = new Out(d.json().length + 96);
        out.put(VERSION).decimal(d.offset()).put(' ').decimal(d.at()).put(' ').put(utf8(d.type())).put('\n');
        return out.put(utf8(d.site().orElse(""))).put('\n').put(d.json()).toBytes();
    }

    /** @throws In.Damaged the bytes are not what was encoded */
    static StoredDecision decode(long number, byte[] bytes) {
        try {
            int head = lineEnd(bytes, 0);
            int site = lineEnd(bytes, head + 1);
            String[] words = text(bytes, 0, head).split(" ", -1);
            if (words.length != 3 || words[0].length() < 2 || words[0].charAt(0) != VERSION) {
                throw new IllegalArgumentException("begins with " + words[0]);
            }
            String name = text(bytes, head + 1, site);
            return new StoredDecision(
                    number,
                    Long.parseLong(words[0].substring(1)),
                    Long.parseLong(words[1]),
                    words[2],
                    name.isEmpty() ? Optional.empty() : Optional.of(name),
                    Arrays.copyOfRange(bytes, site + 1, bytes.length));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new In.Damaged("not a decision: " + e.getMessage());
        }
    }

    private static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
