package dustwarden.core;

import java.util.Arrays;
import java.util.Optional;

/**
 * When each site wants to be looked at next: the earliest first, sites of one instant in the order of their ids.
 *
 * <p>A binary heap in which each timer knows its place, so that one that is set anew moves and leaves nothing behind. The
 * instants lie beside the timers, since sites are many and far apart in memory.
 */
final class SiteTimers {
    /** A moment at which a site wants to be looked at. */
    static final class Timer {
        private final String site;
        private long at;
        /** Where it stands in the heap; -1 where it does not. */
        private int place = -1;

        Timer(String site) {
            this.site = site;
        }

        String site() {
            return site;
        }

        /** Epoch ms. */
        long at() {
            return at;
        }
    }

    private Timer[] heap = new Timer[16];
    private long[] ats = new long[16];
    private int size;

    /** A site wants to be looked at then and not before; {@code Long.MAX_VALUE}: never. */
    void set(Timer timer, long at) {
        if (at == Long.MAX_VALUE) {
            forget(timer);
            return;
        }
        if (timer.place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
                ats = Arrays.copyOf(ats, 2 * size);
            }
            timer.place = size++;
        } else if (timer.at == at) {
            return;
        }
        timer.at = at;
        settle(timer, timer.place);
    }

    /** Takes the next timer that is due before {@code end} away. */
    Optional<Timer> takeBefore(long end) {
        if (size == 0 || ats[0] >= end) {
            return Optional.empty();
        }
        Timer first = heap[0];
        forget(first);
        return Optional.of(first);
    }

    void forget(Timer timer) {
        int place = timer.place;
        if (place < 0) {
            return;
        }
        timer.place = -1;
        Timer last = heap[--size];
        heap[size] = null;
        if (last != timer) {
            settle(last, place);
        }
    }

    void clear() {
        while (size > 0) {
            forget(heap[size - 1]);
        }
    }

    /** Puts a timer at a place that is free, or up or down from there to where it belongs. */
    private void settle(Timer timer, int free) {
        int place = free;
        while (place > 0 && isBefore(timer.at, timer, (place - 1) / 2)) {
            put(heap[(place - 1) / 2], ats[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        for (int child = lesserChild(place); child < size && !isBefore(timer.at, timer, child); child = lesserChild(place)) {
            put(heap[child], ats[child], place);
            place = child;
        }
        put(timer, timer.at, place);
    }

    /** Whether a timer of an instant comes before the one at a place; no two are of one site. */
    private boolean isBefore(long at, Timer timer, int place) {
        return at != ats[place] ? at < ats[place] : timer.site.compareTo(heap[place].site) < 0;
    }

    private int lesserChild(int place) {
        int left = 2 * place + 1;
        return left + 1 < size && isBefore(ats[left + 1], heap[left + 1], left) ? left + 1 : left;
    }

    private void put(Timer timer, long at, int place) {
        heap[place] = timer;
        ats[place] = at;
        timer.place = place;
    }
}
