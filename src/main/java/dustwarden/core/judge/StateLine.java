package dustwarden.core.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was reported of one thing over time: each report holds from its instant until the next one, and at most as long
 * as it is valid; between is unknown. Reports may come in any order.
 *
 * @param <V> an immutable value with equality
 */
public final class StateLine<V> {
    /**
     * A stretch with one value.
     *
     * @param value empty: nothing valid was reported
     * @param offset the entry of the report that began it, -1 where unknown
     */
    public record Stretch<V>(long from, long to, Optional<V> value, long offset) {
        public long length() {
            return to - from;
        }
    }

    /** Reports in the order of their instants, a column each. */
    private long[] ats = new long[4];

    /** The instant of the last report that was joined to one; its own where none was. */
    private long[] lasts = new long[4];

    private long[] untils = new long[4];
    private long[] offsets = new long[4];
    private Object[] values = new Object[4];
    private int size;
    /** All that the reports say, ready to be read; dropped when it has to be put together anew. */
    private transient StretchList<V> read;

    /**
     * Adds a report.
     *
     * @param at the instant that it counts from, epoch ms
     * @param until how long it counts at most, exclusive
     * @return whether it says anything new; the newest report that only repeats what holds just holds longer, and
     *     whoever waits for the end of what held looks again by himself
     */
    public boolean add(long at, V value, long until, long offset) {
        int newest = size - 1;
        boolean repeats = newest >= 0 && ats[newest] < at && untils[newest] > at && values[newest].equals(value);
        int i = floor(at);
        boolean again = i >= 0 && ats[i] == at;
        if (!again) {
            insert(++i);
        }
        // Two reports of one instant: the longer-lasting one stays, then the later entry, whatever the order of arrival.
        if (!again || until > untils[i] || until == untils[i] && offset > offsets[i]) {
            // One object for all that is said again and again.
            put(i, at, repeats ? value(newest) : value, until, offset);
            readFrom(i);
        }
        if (!again && i > 0 && lasts[i - 1] > at) {
            goOn(i);
        }
        return !repeats;
    }

    private void put(int i, long at, V value, long until, long offset) {
        ats[i] = at;
        lasts[i] = at;
        untils[i] = until;
        offsets[i] = offset;
        values[i] = value;
    }

    /** Of the reports that were joined before the i-th some came after it: what they said goes on. */
    private void goOn(int i) {
        long at = Math.min(untils[i], lasts[i - 1]);
        if (i + 1 == size || ats[i + 1] > at) {
            insert(i + 1);
            put(i + 1, at, value(i - 1), untils[i - 1], offsets[i - 1]);
            lasts[i + 1] = lasts[i - 1];
            lasts[i - 1] = ats[i - 1];
            readFrom(i + 1);
        }
    }

    private void insert(int i) {
        if (size == ats.length) {
            room(size + Math.max(4, size / 2));
        }
        move(i, i + 1, size - i);
        size++;
    }

    private void move(int from, int to, int count) {
        if (from != to && count > 0) {
            System.arraycopy(ats, from, ats, to, count);
            System.arraycopy(lasts, from, lasts, to, count);
            System.arraycopy(untils, from, untils, to, count);
            System.arraycopy(offsets, from, offsets, to, count);
            System.arraycopy(values, from, values, to, count);
        }
    }

    private void room(int length) {
        ats = Arrays.copyOf(ats, length);
        lasts = Arrays.copyOf(lasts, length);
        untils = Arrays.copyOf(untils, length);
        offsets = Arrays.copyOf(offsets, length);
        values = Arrays.copyOf(values, length);
    }

    /** Index of the newest report at or before an instant, or -1. */
    private int floor(long at) {
        if (size == 0 || ats[size - 1] <= at) {
            return size - 1;
        }
        int index = Arrays.binarySearch(ats, 0, size, at);
        return index >= 0 ? index : -index - 2;
    }

    @SuppressWarnings("unchecked")
    private V value(int i) {
        return (V) values[i];
    }

    /** The same reports in a line of their own. */
    StateLine<V> copy() {
        StateLine<V> copy = new StateLine<>();
        copy.ats = ats.clone();
        copy.lasts = lasts.clone();
        copy.untils = untils.clone();
        copy.offsets = offsets.clone();
        copy.values = values.clone();
        copy.size = size;
        return copy;
    }

    /** Ends what is valid at {@code at}: the device said that it goes. */
    public void cut(long at) {
        int i = floor(at);
        if (i >= 0 && untils[i] > at) {
            untils[i] = at;
            readFrom(i);
        }
    }

    /** The value that holds at an instant. */
    public Optional<V> at(long at) {
        int i = floor(at);
        return i >= 0 && untils[i] > at ? Optional.of(value(i)) : Optional.empty();
    }

    /** The newest report's instant at or before {@code at}. */
    public Optional<Long> lastReport(long at) {
        int i = floor(at);
        return i < 0 ? Optional.empty() : Optional.of(ats[i]);
    }

    /** When the value that holds at {@code at} ends if nothing more is reported; {@code Long.MAX_VALUE} when none holds. */
    public long holdsUntil(long at) {
        int i = floor(at);
        if (i < 0 || untils[i] <= at) {
            return Long.MAX_VALUE;
        }
        return i + 1 < size ? Math.min(ats[i + 1], untils[i]) : untils[i];
    }

    /** All of {@code [from, to)} as stretches without a gap, equal neighbours joined. */
    public List<Stretch<V>> stretches(long from, long to) {
        if (to <= from) {
            return List.of();
        }
        int first = floor(from);
        return read().within(from, to, first < 0 ? -1 : offsets[first]);
    }

    private StretchList<V> read() {
        if (read == null) {
            read = new StretchList<>();
            for (int i = 0; i < size; i++) {
                readOne(i);
            }
        }
        return read;
    }

    /** Reads the report before the i-th and all from there on again; what lies before says the same as ever. */
    private void readFrom(int i) {
        if (read == null) {
            return;
        }
        if (i == 0) {
            read = null;
        } else if (i == size - 1) {
            readOne(i);
        } else {
            read.endAt(ats[i - 1]);
            for (int each = i - 1; each < size; each++) {
                readOne(each);
            }
        }
    }

    private void readOne(int i) {
        read.report(ats[i], untils[i], value(i), offsets[i]);
    }

    /**
     * Joins equal neighbours older than {@code before} and forgets what ended before {@code forget}; what was joined
     * reads the same; into a longer stretch a report that comes later than that is put for as long as it counts at most.
     */
    public void compact(long before, long forget) {
        int first = 0;
        while (first < size - 1 && untils[first] < forget) {
            first++;
        }
        int kept = 0;
        boolean same = first == 0;
        int next = first;
        for (; next < size && ats[next] < before; next++) {
            int last = kept - 1;
            if (last >= 0 && values[last].equals(values[next]) && untils[last] >= ats[next]) {
                same &= untils[last] <= untils[next];
                untils[last] = Math.max(untils[last], untils[next]);
                lasts[last] = lasts[next];
            } else {
                move(next, kept++, 1);
            }
        }
        // What is newer stays as it is, and where nothing old was joined or forgotten, where it is.
        move(next, kept, size - next);
        kept += size - next;
        Arrays.fill(values, kept, size, null);
        size = kept;
        if (!same) {
            read = null;
        }
        if (ats.length > 2 * size + 16) {
            room(size + 8);
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }
}
