package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What reports of one thing say, put together as they come in order of time: stretches without a gap, no two neighbours
 * equal.
 */
final class StretchList<V> {
    private final List<Stretch<V>> all = new ArrayList<>();

    /** Adds a report that is newer than all before; from {@code at} on it alone holds. */
    void report(long at, long until, V value, long offset) {
        endAt(at);
        int last = all.size() - 1;
        if (until <= at) {
            return;
        }
        Stretch<V> before = last < 0 ? null : all.get(last);
        if (before != null && before.to() < at) {
            all.add(unknown(before.to(), at));
        } else if (before != null && before.value().isPresent() && before.value().get().equals(value)) {
            all.set(last, new Stretch<>(before.from(), until, before.value(), before.offset()));
            return;
        }
        all.add(new Stretch<>(at, until, Optional.of(value), offset));
    }

    /** Forgets all from {@code at} on. */
    void endAt(long at) {
        int last = all.size() - 1;
        while (last >= 0 && all.get(last).from() >= at) {
            all.remove(last--);
        }
        if (last >= 0 && all.get(last).to() > at) {
            Stretch<V> cut = all.get(last);
            all.set(last, new Stretch<>(cut.from(), at, cut.value(), cut.offset()));
        }
    }

    /**
     * All of {@code [from, to)}, unknown where nothing was reported.
     *
     * @param firstOffset the entry of the report that holds at {@code from}
     */
    List<Stretch<V>> within(long from, long to, long firstOffset) {
        List<Stretch<V>> found = new ArrayList<>();
        long at = from;
        for (int i = firstEndingAfter(from); i < all.size() && all.get(i).from() < to; i++) {
            Stretch<V> next = all.get(i);
            if (next.from() > at) {
                found.add(unknown(at, next.from()));
                at = next.from();
            }
            boolean whole = next.from() == at && next.to() <= to;
            long offset = next.value().isEmpty() || next.from() > from ? next.offset() : firstOffset;
            found.add(whole && offset == next.offset()
                    ? next
                    : new Stretch<>(at, Math.min(to, next.to()), next.value(), offset));
            at = Math.min(to, next.to());
        }
        if (at < to) {
            found.add(unknown(at, to));
        }
        return found;
    }

    private int firstEndingAfter(long from) {
        int low = 0;
        for (int high = all.size(); low < high; ) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).to() <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static <V> Stretch<V> unknown(long from, long to) {
        return new Stretch<>(from, to, Optional.empty(), -1);
    }
}
