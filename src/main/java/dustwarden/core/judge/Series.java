package dustwarden.core.judge;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Values over time in the order of their time, one each instant; the first that came for an instant stays. */
public final class Series {
    /** Sees one value. */
    public interface Each {
        void value(long at, double value);
    }

    private long[] times = new long[16];
    private double[] values = new double[16];
    private int size;
    /** Before this instant nothing came since values were last thinned. */
    private transient long thinnedUntil = Long.MIN_VALUE;

    public void add(long at, double value) {
        int index = size > 0 && times[size - 1] < at ? -size - 1 : Arrays.binarySearch(times, 0, size, at);
        if (index >= 0) {
            return;
        }
        int insert = -index - 1;
        thinnedUntil = Math.min(thinnedUntil, at);
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        System.arraycopy(times, insert, times, insert + 1, size - insert);
        System.arraycopy(values, insert, values, insert + 1, size - insert);
        times[insert] = at;
        values[insert] = value;
        size++;
    }

    /** The same values in a series of their own. */
    Series copy() {
        Series copy = new Series();
        copy.times = times.clone();
        copy.values = values.clone();
        copy.size = size;
        return copy;
    }

    /** The newest value at or before {@code at}, not older than {@code ageMaxMs}. */
    public OptionalDouble last(long at, long ageMaxMs) {
        int index = floor(at);
        return index >= 0 && at - times[index] < ageMaxMs ? OptionalDouble.of(values[index]) : OptionalDouble.empty();
    }

    /** Each value of {@code [from, to)} in order. */
    public void forEach(long from, long to, Each each) {
        for (int i = floor(from - 1) + 1; i < size && times[i] < to; i++) {
            each.value(times[i], values[i]);
        }
    }

    /** Whether any value of {@code [from, to)} is at or below a figure. */
    public boolean anyAtOrBelow(double figure, long from, long to) {
        for (int i = floor(from - 1) + 1; i < size && times[i] < to; i++) {
            if (values[i] <= figure) {
                return true;
            }
        }
        return false;
    }

    /** Keeps one value each {@code stepMs} among those older than {@code before}, and none older than {@code forget}. */
    public void thin(long before, long stepMs, long forget) {
        forget(forget);
        // A month of thinned values need not be looked at again each time, only from the slot on in which any came since.
        int next = thinnedUntil == Long.MIN_VALUE ? 0 : floor(Math.floorDiv(thinnedUntil, stepMs) * stepMs - 1) + 1;
        int kept = next;
        long slot = Long.MIN_VALUE;
        for (; next < size && times[next] < before; next++) {
            long itsSlot = Math.floorDiv(times[next], stepMs);
            if (itsSlot != slot) {
                slot = itsSlot;
                times[kept] = times[next];
                values[kept] = values[next];
                kept++;
            }
        }
        if (kept < next) {
            move(next, kept);
        }
        thinnedUntil = before;
    }

    private void forget(long before) {
        int first = floor(before - 1) + 1;
        if (first > 0) {
            move(first, 0);
        }
    }

    /** Moves all from an index on down to another. */
    private void move(int from, int to) {
        System.arraycopy(times, from, times, to, size - from);
        System.arraycopy(values, from, values, to, size - from);
        size -= from - to;
    }

    public int size() {
        return size;
    }

    /** Index of the newest value at or before an instant, or -1. */
    private int floor(long at) {
        int index = Arrays.binarySearch(times, 0, size, at);
        return index >= 0 ? index : -index - 2;
    }
}
