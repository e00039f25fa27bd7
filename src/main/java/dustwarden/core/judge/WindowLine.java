package dustwarden.core.judge;

import dustwarden.core.judge.Windows.Spec;
import java.util.Arrays;

/**
 * The windows of one monitor, quantity, period and cadence in the order of their starts, a column each, since a site
 * keeps a month of them.
 */
final class WindowLine {
    private static final int BITS = 64;
    /** A local day may be an hour or two longer than 24 h. */
    private static final long LONGEST_DAY_MS = 26L * 3_600_000;

    private final Spec spec;
    private final long everyMs;
    private final int words;
    private int size;
    private long[] starts = new long[4];
    private long[] sums = new long[4];
    private int[] counts = new int[4];
    private int[] above = new int[4];
    private double[] peaks = new double[4];
    private long[] firsts = new long[4];
    private long[] lasts = new long[4];
    private long[] slots;

    WindowLine(Spec spec, long everyMs) {
        this.spec = spec;
        this.everyMs = everyMs;
        long longest = spec.periodMs() >= WindowGrid.DAY_MS ? LONGEST_DAY_MS : spec.periodMs();
        this.words = (int) ((longest + everyMs - 1) / everyMs + BITS - 1) / BITS;
        this.slots = new long[4 * words];
    }

    /** For a stored state that is read again. */
    @SuppressWarnings("unused")
    private WindowLine() {
        this.spec = new Spec(dustwarden.core.model.Quantity.PM10, 1);
        this.everyMs = 1;
        this.words = 1;
        this.slots = new long[4];
    }

    Spec spec() {
        return spec;
    }

    long everyMs() {
        return everyMs;
    }

    /** Adds a value flagged normal, which holds for so long. */
    void addNormal(long start, long ts, long spanMs, double value, long offset) {
        int i = at(start, offset);
        // Too large a sum stays the largest there is, in whatever order it is reached.
        long sum = sums[i] + Windows.nano(value);
        sums[i] = sum < sums[i] && value > 0 ? Long.MAX_VALUE : sum;
        counts[i]++;
        long length = Math.min(ts - start + spanMs, Math.max(spec.periodMs(), ts - start + 1));
        int last = (int) ((length - 1) / everyMs);
        for (int slot = (int) ((ts - start) / everyMs); slot <= last; slot++) {
            slots[i * words + slot / BITS] |= 1L << (slot % BITS);
        }
        seen(i, value, offset);
    }

    /** Keeps a value above the measuring range as evidence; it is in no mean. */
    void addAboveRange(long start, double value, long offset) {
        int i = at(start, offset);
        above[i]++;
        seen(i, value, offset);
    }

    /** Index of the window that starts at {@code start}, below 0 when there is none. */
    int find(long start) {
        return size > 0 && starts[size - 1] == start ? size - 1 : Arrays.binarySearch(starts, 0, size, start);
    }

    long sum(int i) {
        return sums[i];
    }

    int count(int i) {
        return counts[i];
    }

    int above(int i) {
        return above[i];
    }

    double peak(int i) {
        return peaks[i];
    }

    long firstOffset(int i) {
        return firsts[i];
    }

    long lastOffset(int i) {
        return lasts[i];
    }

    /** Slots of the cadence with a normal value, of those that the window has, at most 1. */
    double capture(int i, long end) {
        int filled = 0;
        for (int w = i * words; w < (i + 1) * words; w++) {
            filled += Long.bitCount(slots[w]);
        }
        long has = Math.max(1, (end - starts[i]) / everyMs);
        return Math.min(1.0, (double) filled / has);
    }

    /** A copy of the windows that start at or after an instant. */
    WindowLine since(long first) {
        WindowLine copy = new WindowLine(spec, everyMs);
        int from = Arrays.binarySearch(starts, 0, size, first);
        from = from < 0 ? -from - 1 : from;
        copy.size = size - from;
        int room = copy.size + 4;
        copy.starts = Arrays.copyOfRange(starts, from, from + room);
        copy.sums = Arrays.copyOfRange(sums, from, from + room);
        copy.counts = Arrays.copyOfRange(counts, from, from + room);
        copy.above = Arrays.copyOfRange(above, from, from + room);
        copy.peaks = Arrays.copyOfRange(peaks, from, from + room);
        copy.firsts = Arrays.copyOfRange(firsts, from, from + room);
        copy.lasts = Arrays.copyOfRange(lasts, from, from + room);
        copy.slots = Arrays.copyOfRange(slots, from * words, (from + room) * words);
        return copy;
    }

    void forgetBefore(long before) {
        int first = Arrays.binarySearch(starts, 0, size, before);
        first = first < 0 ? -first - 1 : first;
        if (first > 0) {
            int keep = size - first;
            resize(first, keep, Math.max(4, keep + keep / 8));
            size = keep;
        }
    }

    private int at(long start, long offset) {
        int found = find(start);
        if (found >= 0) {
            return found;
        }
        int i = -found - 1;
        if (size == starts.length) {
            resize(0, size, size + Math.max(4, size / 4));
        }
        System.arraycopy(starts, i, starts, i + 1, size - i);
        System.arraycopy(sums, i, sums, i + 1, size - i);
        System.arraycopy(counts, i, counts, i + 1, size - i);
        System.arraycopy(above, i, above, i + 1, size - i);
        System.arraycopy(peaks, i, peaks, i + 1, size - i);
        System.arraycopy(firsts, i, firsts, i + 1, size - i);
        System.arraycopy(lasts, i, lasts, i + 1, size - i);
        System.arraycopy(slots, i * words, slots, (i + 1) * words, (size - i) * words);
        starts[i] = start;
        sums[i] = 0;
        counts[i] = 0;
        above[i] = 0;
        peaks[i] = Double.NEGATIVE_INFINITY;
        firsts[i] = offset;
        lasts[i] = offset;
        Arrays.fill(slots, i * words, (i + 1) * words, 0);
        size++;
        return i;
    }

    private void seen(int i, double value, long offset) {
        peaks[i] = Math.max(peaks[i], value);
        firsts[i] = Math.min(firsts[i], offset);
        lasts[i] = Math.max(lasts[i], offset);
    }

    private void resize(int from, int keep, int room) {
        starts = Arrays.copyOf(Arrays.copyOfRange(starts, from, from + keep), room);
        sums = Arrays.copyOf(Arrays.copyOfRange(sums, from, from + keep), room);
        counts = Arrays.copyOf(Arrays.copyOfRange(counts, from, from + keep), room);
        above = Arrays.copyOf(Arrays.copyOfRange(above, from, from + keep), room);
        peaks = Arrays.copyOf(Arrays.copyOfRange(peaks, from, from + keep), room);
        firsts = Arrays.copyOf(Arrays.copyOfRange(firsts, from, from + keep), room);
        lasts = Arrays.copyOf(Arrays.copyOfRange(lasts, from, from + keep), room);
        slots = Arrays.copyOf(Arrays.copyOfRange(slots, from * words, (from + keep) * words), room * words);
    }
}
