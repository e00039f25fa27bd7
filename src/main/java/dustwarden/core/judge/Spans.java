package dustwarden.core.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of half-open spans of time, epoch ms, that never touch or overlap. */
public final class Spans {
    /** One span, {@code from} inclusive, {@code to} exclusive. */
    public record Span(long from, long to) {
        public long length() {
            return to - from;
        }
    }

    /** In order; most things that are true of a site are true in one span. */
    private long[] starts = new long[2];

    private long[] ends = new long[2];
    private int size;

    /** Adds a span; an empty one changes nothing. */
    public void add(long from, long to) {
        if (to <= from) {
            return;
        }
        int first = floor(from);
        if (first < 0 || ends[first] < from) {
            first++;
        }
        int after = first;
        long start = from;
        long end = to;
        while (after < size && starts[after] <= end) {
            start = Math.min(start, starts[after]);
            end = Math.max(end, ends[after]);
            after++;
        }
        replace(first, after, 1);
        starts[first] = start;
        ends[first] = end;
    }

    /** Takes a span out. */
    public void remove(long from, long to) {
        if (to <= from) {
            return;
        }
        int first = floor(from);
        if (first < 0 || ends[first] <= from) {
            first++;
        }
        int after = first;
        while (after < size && starts[after] < to) {
            after++;
        }
        if (after == first) {
            return;
        }
        long start = starts[first];
        long end = ends[after - 1];
        int left = start < from ? 1 : 0;
        int right = end > to ? 1 : 0;
        replace(first, after, left + right);
        if (left > 0) {
            starts[first] = start;
            ends[first] = from;
        }
        if (right > 0) {
            starts[first + left] = to;
            ends[first + left] = end;
        }
    }

    /** Puts room for so many spans in the place of those from {@code first} to before {@code after}. */
    private void replace(int first, int after, int count) {
        int length = size - (after - first) + count;
        if (length > starts.length) {
            starts = Arrays.copyOf(starts, length + Math.max(2, length / 2));
            ends = Arrays.copyOf(ends, starts.length);
        }
        System.arraycopy(starts, after, starts, first + count, size - after);
        System.arraycopy(ends, after, ends, first + count, size - after);
        size = length;
    }

    /** Index of the last span that starts at or before an instant, or -1. */
    private int floor(long at) {
        if (size == 0 || starts[size - 1] <= at) {
            return size - 1;
        }
        int index = Arrays.binarySearch(starts, 0, size, at);
        return index >= 0 ? index : -index - 2;
    }

    public boolean contains(long at) {
        int i = floor(at);
        return i >= 0 && ends[i] > at;
    }

    /** The end of the span that holds {@code at}, or {@code at} itself when none does. */
    public long endAt(long at) {
        int i = floor(at);
        return i >= 0 && ends[i] > at ? ends[i] : at;
    }

    /** The parts of the spans that lie in {@code [from, to)}, in order. */
    public List<Span> within(long from, long to) {
        List<Span> found = new ArrayList<>();
        for (int i = Math.max(0, floor(from)); i < size && starts[i] < to; i++) {
            long start = Math.max(from, starts[i]);
            long end = Math.min(to, ends[i]);
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
        for (int i = Math.max(0, floor(from)); i < size && starts[i] < to; i++) {
            sum += Math.max(0, Math.min(to, ends[i]) - Math.max(from, starts[i]));
        }
        return sum;
    }

    /** Forgets all that ended before {@code at}. */
    public void forgetBefore(long at) {
        int first = 0;
        while (first < size && ends[first] < at) {
            first++;
        }
        replace(0, first, 0);
    }

    public boolean isEmpty() {
        return size == 0;
    }
}
