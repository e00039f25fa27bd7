package dustwarden.notify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person reads in one language: a title, lines, and links that no cutting takes away.
 *
 * @param more where set, lines that do not fit are left out from the end and this says how many, {@code {n}} in it; else the
 *     longest lines are shortened
 */
public record Told(String title, List<String> lines, List<Link> links, Optional<String> more) {
    private static final String CUT = "…";

    /** Something to tap. */
    public record Link(String label, String url) {}

    public Told {
        lines = List.copyOf(lines);
        links = List.copyOf(links);
        if (title.isBlank()) {
            throw new IllegalArgumentException("a notice needs a title");
        }
    }

    /** The same in another language beside it, for receivers who do not all read one. */
    Told with(Told other) {
        List<String> both = new ArrayList<>();
        if (more.isPresent() && lines.size() == other.lines.size()) {
            for (int i = 0; i < lines.size(); i++) {
                both.add(lines.get(i) + " / " + other.lines.get(i).replaceFirst("^· ", ""));
            }
        } else {
            both.addAll(lines);
            both.addAll(other.lines);
        }
        List<Link> tapped = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            String label = links.get(i).label();
            boolean same = i >= other.links.size() || other.links.get(i).label().equals(label);
            tapped.add(same ? links.get(i) : new Link(label + " / " + other.links.get(i).label(), links.get(i).url()));
        }
        return new Told(title + " / " + other.title, both, tapped,
                more.flatMap(m -> other.more.map(o -> m + " / " + o)));
    }

    /** Title, lines and links as plain text of at most so many bytes of UTF-8. */
    public String plain(int bytesMax) {
        String tail = links.stream().map(l -> "\n" + l.label() + ": " + l.url()).collect(Collectors.joining());
        String title = cut(this.title, Math.max(0, bytesMax - bytes(tail)));
        String body = body("\n", bytesMax - bytes(tail) - bytes(title) - 1);
        return title + (body.isEmpty() ? "" : "\n" + body) + tail;
    }

    /** The lines alone, within so many bytes of UTF-8. */
    String body(String separator, int bytesMax) {
        return String.join(separator, more.isPresent() ? fewer(separator, bytesMax) : shorter(separator, bytesMax));
    }

    private List<String> fewer(String separator, int bytesMax) {
        int size = 0;
        int taken = 0;
        String left = more.orElseThrow().replace("{n}", "99999");
        for (String line : lines) {
            size += bytes(line) + bytes(separator);
            int rest = taken + 1 < lines.size() ? bytes(left) : 0;
            if (size - bytes(separator) + rest > bytesMax) {
                break;
            }
            taken++;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, taken));
        String said = more.orElseThrow().replace("{n}", String.valueOf(lines.size() - taken));
        if (taken < lines.size() && bytes(said) <= bytesMax) {
            kept.add(said);
        }
        return kept;
    }

    private List<String> shorter(String separator, int bytesMax) {
        List<String> kept = new ArrayList<>(lines);
        int over = bytes(String.join(separator, kept)) - bytesMax;
        while (over > 0 && !kept.isEmpty()) {
            int longest = 0;
            for (int i = 1; i < kept.size(); i++) {
                longest = bytes(kept.get(i)) > bytes(kept.get(longest)) ? i : longest;
            }
            int wanted = bytes(kept.get(longest)) - over;
            // The second longest is to be shortened too before this one loses all that it says.
            int floor = Math.max(bytes(CUT), bytesMax / (2 * kept.size()));
            String cut = cut(kept.get(longest), Math.max(wanted, floor));
            if (cut.equals(kept.get(longest))) {
                kept.remove(longest);
            } else {
                kept.set(longest, cut);
            }
            over = bytes(String.join(separator, kept)) - bytesMax;
        }
        return kept;
    }

    /** The first so many bytes of UTF-8, whole code points only, with a sign where something is missing. */
    static String cut(String text, int bytesMax) {
        if (bytes(text) <= bytesMax) {
            return text;
        }
        int room = bytesMax - bytes(CUT);
        int end = 0;
        int size = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (size + width > room) {
                break;
            }
            size += width;
            end += Character.charCount(point);
        }
        return room < 0 ? "" : text.substring(0, end) + CUT;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
