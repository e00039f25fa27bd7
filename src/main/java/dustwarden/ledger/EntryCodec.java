package dustwarden.ledger;

import dustwarden.core.Entry;
import dustwarden.core.Entry.Act;
import dustwarden.core.Entry.Changed;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.Entry.Frame;
import dustwarden.core.Entry.Link;
import dustwarden.core.Entry.Message;
import dustwarden.core.Entry.Oversize;
import dustwarden.core.Entry.Resumed;
import dustwarden.core.Entry.Source;
import dustwarden.core.Entry.Tick;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The canonical bytes of an entry, which its leaf hash covers: a line of kind and time, a line of topic or peer, then the
 * payload exactly as it came.
 *
 * <p>The first byte is the version of this layout. Line ends, tabs and backslashes inside a field are escaped. Of an entry
 * that lists contents the leaf hash covers a short form with a root over the list, so that one line of it can be proved
 * without showing the others.
 */
public final class EntryCodec {
    private static final char VERSION = '1';
    /** Of entries that list contents. */
    private static final char LISTING = '2';
    /** Of their short form. */
    private static final char SHORT = '3';

    /** How the head of a message over MQTT ends that is neither retained nor oversize. */
    private static final byte[] PLAIN_TAIL = utf8(" MQTT 0\n");
    /** No time of so many digits and two before them overflows. */
    private static final int RECEIVED_DIGITS_MAX = 20;

    private EntryCodec() {}

    public static byte[] encode(Entry entry) {
        if (entry instanceof Message m) {
            Out out = head('M', m.received(), m.topic().length() + m.payload().length);
            out.put(' ').ascii(m.source().name()).put(' ').put(m.retained() ? '1' : '0');
            m.oversize().ifPresent(o -> out.put(' ').decimal(o.length()).put(' ').put(field(o.sha256())));
            out.put('\n').put(field(m.topic())).put('\n').put(m.payload());
            return out.toBytes();
        }
        if (entry instanceof Frame f) {
            Out out = head('F', f.received(), f.frame().length + f.note().length()).put('\n');
            out.put(field(f.peer())).put('\n').put(field(f.note())).put('\n').put(f.frame());
            return out.toBytes();
        }
        if (entry instanceof Act a) {
            return head('A', a.received(), a.json().length()).put('\n').put('\n').put(utf8(a.json())).toBytes();
        }
        if (entry instanceof Link l) {
            Out out = head('L', l.received(), 0).put(' ').put(l.up() ? '1' : '0').put('\n');
            return out.put(field(l.name())).put('\n').toBytes();
        }
        if (entry instanceof Tick t) {
            return head('T', t.received(), 0).put('\n').put('\n').toBytes();
        }
        if (entry instanceof Resumed r) {
            Out out = head(LISTING, 'R', r.received(), 0).put('\n').put(field(r.coreVersion())).put('\n');
            return contents(out, r.contents()).toBytes();
        }
        Changed c = (Changed) entry;
        return contents(head(LISTING, 'C', c.received(), 0).put('\n').put('\n'), c.contents()).toBytes();
    }

    /** The entry as it will be read again; differs only where a text held what UTF-8 cannot. */
    public static Entry normal(Entry entry) {
        if (entry instanceof Message m && isAscii(m.topic())
                || entry instanceof Tick
                || entry instanceof Frame f && isAscii(f.peer()) && isAscii(f.note())) {
            return entry;
        }
        return decode(encode(entry));
    }

    /** Answers false for a question mark too, since it also stands for what this character set has not. */
    private static boolean isAscii(String text) {
        for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            if (each < 0 || each == '?') {
                return false;
            }
        }
        return true;
    }

    /** @throws In.Damaged the bytes are not what was encoded */
    public static Entry decode(byte[] bytes) {
        try {
            return new Reader(bytes).entry();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new In.Damaged("not an entry: " + e.getMessage());
        }
    }

    /** The received time alone, without decoding the rest. */
    static long received(byte[] bytes) {
        long time = 0;
        for (int i = 2; i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            time = time * 10 + (bytes[i] - '0');
        }
        return time;
    }

    /** What the leaf hash of an entry covers: all of it, or the short form of one that lists contents. */
    static byte[] covered(byte[] canonical) {
        if (canonical[0] != LISTING || !isListing(canonical)) {
            return canonical;
        }
        int list = listAt(canonical);
        Out out = new Out(list + 65).put(canonical, 0, list);
        out.array()[0] = SHORT;
        List<byte[]> lines = listed(canonical);
        String root = lines.isEmpty() ? "-" : Shelf.hex(Merkle.root(lines.stream().map(Merkle::leaf).toList()));
        return out.ascii(root).put('\n').toBytes();
    }

    /** The lines of the list of contents, without line ends. */
    static List<byte[]> listed(byte[] canonical) {
        List<byte[]> lines = new ArrayList<>();
        int at = listAt(canonical);
        for (int i = at; i < canonical.length; i++) {
            if (canonical[i] == '\n') {
                lines.add(Arrays.copyOfRange(canonical, at, i));
                at = i + 1;
            }
        }
        return lines;
    }

    /** Whether these are the bytes of an entry that says which contents are in force. */
    static boolean isListing(byte[] canonical) {
        return canonical.length > 1 && (canonical[1] == 'R' || canonical[1] == 'C');
    }

    /** The letter of an entry's kind, of its first line. */
    static char kind(byte[] head) {
        return head.length < 2 ? 0 : (char) head[1];
    }

    /** A message's topic or a frame's peer, of an entry's second line. */
    static String second(byte[] line) {
        return new Reader(line).second();
    }

    /** The second line of a whole entry. */
    static byte[] secondOf(byte[] canonical) {
        int from = 0;
        while (canonical[from] != '\n') {
            from++;
        }
        int to = from + 1;
        while (canonical[to] != '\n') {
            to++;
        }
        return Arrays.copyOfRange(canonical, from + 1, to + 1);
    }

    static byte[] line(ContentRef c) {
        return new Out(128).put(field(c.kind())).put('\t').put(field(c.name())).put('\t').put(field(c.sha256())).toBytes();
    }

    private static int listAt(byte[] canonical) {
        int at = 0;
        for (int lines = 0; lines < 2; at++) {
            lines += canonical[at] == '\n' ? 1 : 0;
        }
        return at;
    }

    private static Out head(char kind, long received, int more) {
        return head(VERSION, kind, received, more);
    }

    private static Out head(char version, char kind, long received, int more) {
        if (received < 0) {
            throw new IllegalArgumentException("received " + received + " is before 1970");
        }
        return new Out(64 + more).put(version).put(kind).decimal(received);
    }

    private static Out contents(Out out, List<ContentRef> contents) {
        for (ContentRef c : contents) {
            out.put(line(c)).put('\n');
        }
        return out;
    }

    private static byte[] field(String text) {
        boolean plain = text.indexOf('\n') < 0 && text.indexOf('\t') < 0 && text.indexOf('\\') < 0;
        return utf8(plain ? text : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        Entry entry() {
            Message plain = plainMessage();
            if (plain != null) {
                return plain;
            }
            String[] head = line().split(" ", -1);
            char version = head[0].length() < 3 ? 0 : head[0].charAt(0);
            if (version != VERSION && (version != LISTING || !isListing(bytes))) {
                throw new IllegalArgumentException("begins with " + head[0]);
            }
            long received = Long.parseLong(head[0].substring(2));
            String second = second();
            return switch (head[0].charAt(1)) {
                case 'M' -> new Message(received, Source.valueOf(head[1]), second, rest(), flag(head[2]), oversize(head));
                case 'F' -> frame(received, second);
                case 'A' -> new Act(received, new String(rest(), StandardCharsets.UTF_8));
                case 'L' -> new Link(received, second, flag(head[1]));
                case 'T' -> new Tick(received);
                case 'R' -> new Resumed(received, second, contents());
                case 'C' -> new Changed(received, contents());
                default -> throw new IllegalArgumentException("kind " + head[0].charAt(1));
            };
        }

        /** A message as nearly all are, read without cutting its head into words; null and nothing read where it is another. */
        private Message plainMessage() {
            int end = 2;
            while (end < bytes.length && end < RECEIVED_DIGITS_MAX && bytes[end] >= '0' && bytes[end] <= '9') {
                end++;
            }
            if (bytes.length < 2 || bytes[0] != VERSION || bytes[1] != 'M' || end == 2 || !Arrays.equals(
                    bytes, end, Math.min(bytes.length, end + PLAIN_TAIL.length), PLAIN_TAIL, 0, PLAIN_TAIL.length)) {
                return null;
            }
            at = end + PLAIN_TAIL.length;
            return new Message(received(bytes), Source.MQTT, unescaped(line()), rest(), false, Optional.empty());
        }

        String second() {
            return unescaped(line());
        }

        private Frame frame(long received, String peer) {
            String note = unescaped(line());
            return new Frame(received, peer, rest(), note);
        }

        private static Optional<Oversize> oversize(String[] head) {
            return head.length > 3
                    ? Optional.of(new Oversize(Long.parseLong(head[3]), unescaped(head[4])))
                    : Optional.empty();
        }

        private static boolean flag(String text) {
            return text.equals("1");
        }

        private List<ContentRef> contents() {
            List<ContentRef> contents = new ArrayList<>();
            while (at < bytes.length) {
                String[] c = line().split("\t", -1);
                contents.add(new ContentRef(unescaped(c[0]), unescaped(c[1]), unescaped(c[2])));
            }
            return contents;
        }

        private String line() {
            int end = at;
            while (bytes[end] != '\n') {
                end++;
            }
            String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at = end + 1;
            return line;
        }

        private byte[] rest() {
            return Arrays.copyOfRange(bytes, at, bytes.length);
        }

        private static String unescaped(String field) {
            if (field.indexOf('\\') < 0) {
                return field;
            }
            StringBuilder text = new StringBuilder(field.length());
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                char escaped = field.charAt(++i);
                text.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            }
            return text.toString();
        }
    }
}
