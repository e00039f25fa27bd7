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

    public void add(long at, double value) {
        int index = size > 0 && times[size - 1] < at ? -size - 1 : Arrays.binarySearch(times, 0, size, at);
        if (index >= 0) {
            return;
        }
        int insert = -index - 1;
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
        int kept = 0;
        long slot = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            long itsSlot = Math.floorDiv(times[i], stepMs);
            if (times[i] < forget || times[i] < before && itsSlot == slot) {
                continue;
            }
            slot = itsSlot;
            times[kept] = times[i];
            values[kept] = values[i];
            kept++;
        }
        size = kept;
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
