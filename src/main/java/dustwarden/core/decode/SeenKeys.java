package dustwarden.core.decode;

/**
 * Keys seen lately with a hash of what was said and the time until which it is remembered: an open hash table of
 * plain arrays, cleared of what has run out as it fills.
 */
final class SeenKeys {
    private static final int SMALLEST = 16;

    private long[] keys = new long[SMALLEST];
    private long[] bodies = new long[SMALLEST];
    /** 0: the slot is free. */
    private long[] until = new long[SMALLEST];
    private int used;

    /** 0 where the key was new and is now known, 1 where it is known with the same body, -1 with another. */
    int add(long key, long body, long now, long rememberUntil) {
        int at = slot(key);
        if (until[at] != 0 && until[at] >= now) {
            return bodies[at] == body ? 1 : -1;
        }
        if (until[at] == 0) {
            if (2 * (used + 1) > keys.length) {
                rebuild(now);
                at = slot(key);
            }
            used++;
        }
        keys[at] = key;
        bodies[at] = body;
        until[at] = Math.max(1, rememberUntil);
        return 0;
    }

    int capacity() {
        return keys.length;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int at = (int) (key ^ key >>> 32) & mask;
        while (until[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void rebuild(long now) {
        int alive = 0;
        for (long each : until) {
            if (each != 0 && each >= now) {
                alive++;
            }
        }
        int size = SMALLEST;
        while (size < 4 * (alive + 1)) {
            size *= 2;
        }
        long[] oldKeys = keys;
        long[] oldBodies = bodies;
        long[] oldUntil = until;
        keys = new long[size];
        bodies = new long[size];
        until = new long[size];
        used = alive;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldUntil[i] != 0 && oldUntil[i] >= now) {
                int at = slot(oldKeys[i]);
                keys[at] = oldKeys[i];
                bodies[at] = oldBodies[i];
                until[at] = oldUntil[i];
            }
        }
    }
}
