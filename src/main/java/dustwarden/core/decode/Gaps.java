package dustwarden.core.decode;

/** Counts what the running numbers of one device's readings say is missing; state of plain fields. */
public final class Gaps {
    private long last = -1;
    private long missing;
    private long restarts;

    /** Takes the next number, at least 0, and answers how many are missing before it; a fall is a restart. */
    public long take(long seq) {
        long gap = 0;
        if (last >= 0 && seq < last) {
            restarts++;
        } else if (last >= 0 && seq > last + 1) {
            gap = seq - last - 1;
            missing = missing > Long.MAX_VALUE - gap ? Long.MAX_VALUE : missing + gap;
        }
        last = seq;
        return gap;
    }

    /** Numbers missing so far. */
    public long missing() {
        return missing;
    }

    public long restarts() {
        return restarts;
    }
}
