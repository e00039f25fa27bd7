package dustwarden.core.decode;

import java.util.Arrays;

/**
 * Keys seen lately with a hash of what was said and the time until which it is remembered, in the order of their measured
 * times, so that what comes in order is added at the end.
 */
final class SeenKeys {
    private static final int SMALLEST = 16;
    /** Measured times lie at most 24 h ahead of receipt. */
    private static final long EARLIEST_MS = -86_400_000;

    private long[] times = new long[SMALLEST];
    /** Null while all are the same, as those of a camera. */
    private long[] keys;

    private long sameKey;
    private int[] bodies = new int[SMALLEST];
    /** Until when, in ms after the earliest that may be, as a number of 32 bits without sign. */
    private int[] remembered = new int[SMALLEST];

    private int first;
    private int end;
    /** Until when the first is remembered at least, so that what lies far back in memory need not be asked each time. */
    private transient long firstUntil;

    /** 0 where the key was new at that time and is now known, 1 where it is known with the same body, -1 with another. */
    int add(long ts, long key, long body, long now, long rememberUntil) {
        int shortBody = (int) (body ^ body >>> 32);
        if (firstUntil < now) {
            while (first < end && until(first) < now) {
                first++;
            }
            firstUntil = first < end ? until(first) : 0;
        }
        if (first == end && keys == null) {
            sameKey = key;
        }
        int at = lowerBound(ts);
        for (; at < end && times[at] == ts; at++) {
            if (key(at) == key) {
                if (until(at) >= now) {
                    return bodies[at] == shortBody ? 1 : -1;
                }
                bodies[at] = shortBody;
                remembered[at] = remembered(ts, rememberUntil);
                return 0;
            }
        }
        if (end == times.length) {
            makeRoom(now);
            at = lowerBound(ts + 1);
        }
        move(at, at + 1, end - at);
        if (keys == null && key != sameKey) {
            keys = new long[times.length];
            Arrays.fill(keys, sameKey);
        }
        firstUntil = at == first ? 0 : firstUntil;
        times[at] = ts;
        if (keys != null) {
            keys[at] = key;
        }
        bodies[at] = shortBody;
        remembered[at] = remembered(ts, rememberUntil);
        end++;
        return 0;
    }

    private long key(int i) {
        return keys == null ? sameKey : keys[i];
    }

    private long until(int i) {
        return times[i] + EARLIEST_MS + Integer.toUnsignedLong(remembered[i]);
    }

    private static int remembered(long ts, long until) {
        return (int) Math.max(0, Math.min(0xFFFF_FFFFL, until - ts - EARLIEST_MS));
    }

    int capacity() {
        return times.length;
    }

    private int lowerBound(long ts) {
        if (first == end || times[end - 1] < ts) {
            return end;
        }
        int low = first;
        for (int high = end; low < high; ) {
            int middle = (low + high) >>> 1;
            if (times[middle] < ts) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Drops what has run out; the arrays follow what is left, with a quarter to spare. */
    private void makeRoom(long now) {
        int kept = 0;
        for (int i = first; i < end; i++) {
            if (until(i) >= now) {
                times[kept] = times[i];
                if (keys != null) {
                    keys[kept] = keys[i];
                }
                bodies[kept] = bodies[i];
                remembered[kept++] = remembered[i];
            }
        }
        first = 0;
        firstUntil = 0;
        end = kept;
        int size = kept + Math.max(SMALLEST, kept / 4);
        times = Arrays.copyOf(times, size);
        keys = keys == null ? null : Arrays.copyOf(keys, size);
        bodies = Arrays.copyOf(bodies, size);
        remembered = Arrays.copyOf(remembered, size);
    }

    private void move(int from, int to, int count) {
        System.arraycopy(times, from, times, to, count);
        if (keys != null) {
            System.arraycopy(keys, from, keys, to, count);
        }
        System.arraycopy(bodies, from, bodies, to, count);
        System.arraycopy(remembered, from, remembered, to, count);
    }
}
