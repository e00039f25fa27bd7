package dustwarden.core.decode;

import java.util.Arrays;

/**
 * Keys seen lately with a hash of what was said and the time until which it is remembered, in the order of their measured
 * times, so that what comes in order is added at the end.
 */
final class SeenKeys {
    private static final int SMALLEST = 16;

    private long[] times = new long[SMALLEST];
    private long[] keys = new long[SMALLEST];
    private int[] bodies = new int[SMALLEST];
    private long[] until = new long[SMALLEST];
    private int first;
    private int end;

    /** 0 where the key was new at that time and is now known, 1 where it is known with the same body, -1 with another. */
    int add(long ts, long key, long body, long now, long rememberUntil) {
        int shortBody = (int) (body ^ body >>> 32);
        while (first < end && until[first] < now) {
            first++;
        }
        int at = lowerBound(ts);
        for (; at < end && times[at] == ts; at++) {
            if (keys[at] == key) {
                if (until[at] >= now) {
                    return bodies[at] == shortBody ? 1 : -1;
                }
                bodies[at] = shortBody;
                until[at] = rememberUntil;
                return 0;
            }
        }
        if (end == times.length) {
            makeRoom(now);
            at = lowerBound(ts + 1);
        }
        move(at, at + 1, end - at);
        times[at] = ts;
        keys[at] = key;
        bodies[at] = shortBody;
        until[at] = rememberUntil;
        end++;
        return 0;
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
            if (until[i] >= now) {
                times[kept] = times[i];
                keys[kept] = keys[i];
                bodies[kept] = bodies[i];
                until[kept++] = until[i];
            }
        }
        first = 0;
        end = kept;
        int size = kept + Math.max(SMALLEST, kept / 4);
        times = Arrays.copyOf(times, size);
        keys = Arrays.copyOf(keys, size);
        bodies = Arrays.copyOf(bodies, size);
        until = Arrays.copyOf(until, size);
    }

    private void move(int from, int to, int count) {
        System.arraycopy(times, from, times, to, count);
        System.arraycopy(keys, from, keys, to, count);
        System.arraycopy(bodies, from, bodies, to, count);
        System.arraycopy(until, from, until, to, count);
    }
}
