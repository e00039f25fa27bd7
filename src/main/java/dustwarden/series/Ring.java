package dustwarden.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The last of a numbered log, without a gap, bounded in items and bytes. For one thread at a time. */
final class Ring<T> {
    private final Object[] kept;
    private final long[] sizes;
    private final long bytesMax;
    private long first;
    private long next;
    private long bytes;

    Ring(int capacity, long bytesMax) {
        this.kept = new Object[capacity];
        this.sizes = new long[capacity];
        this.bytesMax = bytesMax;
    }

    void add(long number, T item, long size) {
        if (number != next) {
            Arrays.fill(kept, Nothing.HERE);
            first = number;
            next = number;
            bytes = 0;
        }
        if (next - first == kept.length) {
            drop();
        }
        int at = place(number);
        kept[at] = item;
        sizes[at] = size;
        bytes += size;
        next++;
        while (bytes > bytesMax && next - first > 1) {
            drop();
        }
    }

    /** Puts another in the place of one that is still there. */
    @SuppressWarnings("unchecked")
    void change(long number, UnaryOperator<T> to) {
        if (number >= first && number < next) {
            int at = place(number);
            kept[at] = to.apply((T) kept[at]);
        }
    }

    void dropBelow(long number) {
        while (first < Math.min(number, next)) {
            drop();
        }
    }

    private void drop() {
        int at = place(first);
        bytes -= sizes[at];
        kept[at] = Nothing.HERE;
        first++;
    }

    /** From a number on, in order, at most {@code atMost}; empty where that number is not here. */
    @SuppressWarnings("unchecked")
    List<T> from(long number, int atMost) {
        if (number < first || number >= next) {
            return List.of();
        }
        int count = (int) Math.min(atMost, next - number);
        List<T> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            found.add((T) kept[place(number + i)]);
        }
        return found;
    }

    private int place(long number) {
        return (int) (number % kept.length);
    }

    /** What stands in an empty place. */
    private enum Nothing {
        HERE
    }
}
