package dustwarden.core.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of half-open spans of time, epoch ms, that never touch or overlap. */
public final class Spans {
    /** One span, {@code from} inclusive, {@code to} exclusive. */
    public record Span(long from, long to) {
        public long length() {
            return to - from;
        }
    }

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Adds a span; an empty one changes nothing. */
    public void add(long from, long to) {
        if (to <= from) {
            return;
        }
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = ends.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> next = ends.ceilingEntry(start);
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ends.remove(next.getKey());
            next = ends.ceilingEntry(start);
        }
        ends.put(start, end);
    }

    /** Takes a span out. */
    public void remove(long from, long to) {
        for (Span span : within(from, to)) {
            Map.Entry<Long, Long> whole = ends.floorEntry(span.from());
            ends.remove(whole.getKey());
            if (whole.getKey() < from) {
                ends.put(whole.getKey(), from);
            }
            if (whole.getValue() > to) {
                ends.put(to, whole.getValue());
            }
        }
    }

    public boolean contains(long at) {
        Map.Entry<Long, Long> entry = ends.floorEntry(at);
        return entry != null && entry.getValue() > at;
    }

    /** The end of the span that holds {@code at}, or {@code at} itself when none does. */
    public long endAt(long at) {
        Map.Entry<Long, Long> entry = ends.floorEntry(at);
        return entry != null && entry.getValue() > at ? entry.getValue() : at;
    }

    /** The parts of the spans that lie in {@code [from, to)}, in order. */
    public List<Span> within(long from, long to) {
        List<Span> found = new ArrayList<>();
        if (to <= from) {
            return found;
        }
        Long first = ends.floorKey(from);
        for (Map.Entry<Long, Long> e : ends.tailMap(first == null ? from : first, true).entrySet()) {
            if (e.getKey() >= to) {
                break;
            }
            long start = Math.max(from, e.getKey());
            long end = Math.min(to, e.getValue());
            if (start < end) {
                found.add(new Span(start, end));
            }
        }
        return found;
    }

    /** The parts of {@code [from, to)} that no span covers, in order. */
    public List<Span> gaps(long from, long to) {
        List<Span> found = new ArrayList<>();
        long at = from;
        for (Span span : within(from, to)) {
            if (span.from() > at) {
                found.add(new Span(at, span.from()));
            }
            at = span.to();
        }
        if (at < to) {
            found.add(new Span(at, to));
        }
        return found;
    }

    /** Milliseconds of {@code [from, to)} that are covered. */
    public long covered(long from, long to) {
        long sum = 0;
        for (Span span : within(from, to)) {
            sum += span.length();
        }
        return sum;
    }

    /** Forgets all that ended before {@code at}. */
    public void forgetBefore(long at) {
        while (!ends.isEmpty() && ends.firstEntry().getValue() < at) {
            ends.pollFirstEntry();
        }
    }

    public boolean isEmpty() {
        return ends.isEmpty();
    }
}
