package dustwarden.core.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    private static final class Report<V> {
        final V value;
        final long until;
        final long offset;

        Report(V value, long until, long offset) {
            this.value = value;
            this.until = until;
            this.offset = offset;
        }
    }

    private final TreeMap<Long, Report<V>> reports = new TreeMap<>();

    /**
     * Adds a report.
     *
     * @param at the instant that it counts from, epoch ms
     * @param until how long it counts at most, exclusive
     * @return whether it says anything new; the newest report that only repeats what holds just holds longer, and
     *     whoever waits for the end of what held looks again by himself
     */
    public boolean add(long at, V value, long until, long offset) {
        Map.Entry<Long, Report<V>> newest = reports.lastEntry();
        boolean repeats = newest != null
                && newest.getKey() < at
                && newest.getValue().until > at
                && newest.getValue().value.equals(value);
        Report<V> old = reports.get(at);
        // Two reports of one instant: the longer-lasting one stays, then the later entry, whatever the order of arrival.
        if (old == null || until > old.until || until == old.until && offset > old.offset) {
            reports.put(at, new Report<>(value, until, offset));
        }
        return !repeats;
    }

    /** Ends what is valid at {@code at}: the device said that it goes. */
    public void cut(long at) {
        Map.Entry<Long, Report<V>> entry = reports.floorEntry(at);
        if (entry != null && entry.getValue().until > at) {
            Report<V> r = entry.getValue();
            reports.put(entry.getKey(), new Report<>(r.value, at, r.offset));
        }
    }

    /** The value that holds at an instant. */
    public Optional<V> at(long at) {
        Map.Entry<Long, Report<V>> entry = reports.floorEntry(at);
        return entry != null && entry.getValue().until > at ? Optional.of(entry.getValue().value) : Optional.empty();
    }

    /** The newest report's instant at or before {@code at}. */
    public Optional<Long> lastReport(long at) {
        return Optional.ofNullable(reports.floorKey(at));
    }

    /** When the value that holds at {@code at} ends if nothing more is reported; {@code Long.MAX_VALUE} when none holds. */
    public long holdsUntil(long at) {
        Map.Entry<Long, Report<V>> entry = reports.floorEntry(at);
        if (entry == null || entry.getValue().until <= at) {
            return Long.MAX_VALUE;
        }
        Long next = reports.higherKey(at);
        return next == null ? entry.getValue().until : Math.min(next, entry.getValue().until);
    }

    /** All of {@code [from, to)} as stretches without a gap, equal neighbours joined. */
    public List<Stretch<V>> stretches(long from, long to) {
        List<Stretch<V>> found = new ArrayList<>();
        if (to <= from) {
            return found;
        }
        long at = from;
        Long first = reports.floorKey(from);
        Map<Long, Report<V>> tail = reports.tailMap(first == null ? from : first, true);
        long start = -1;
        Report<V> current = null;
        for (Map.Entry<Long, Report<V>> e : tail.entrySet()) {
            if (e.getKey() >= to) {
                break;
            }
            if (current != null) {
                at = emit(found, at, start, Math.min(e.getKey(), to), current);
            }
            start = e.getKey();
            current = e.getValue();
        }
        if (current != null) {
            at = emit(found, at, start, to, current);
        }
        if (at < to) {
            append(found, new Stretch<>(at, to, Optional.empty(), -1));
        }
        return found;
    }

    /** Writes what lies between {@code at} and {@code end} under one report; answers {@code end}. */
    private static <V> long emit(List<Stretch<V>> found, long at, long start, long end, Report<V> report) {
        long from = Math.max(at, start);
        if (from > at) {
            append(found, new Stretch<>(at, from, Optional.empty(), -1));
        }
        long until = Math.min(end, report.until);
        if (until > from) {
            append(found, new Stretch<>(from, until, Optional.of(report.value), report.offset));
        }
        long rest = Math.max(from, until);
        if (rest < end) {
            append(found, new Stretch<>(rest, end, Optional.empty(), -1));
        }
        return Math.max(at, end);
    }

    private static <V> void append(List<Stretch<V>> found, Stretch<V> next) {
        if (next.to() <= next.from()) {
            return;
        }
        if (!found.isEmpty()) {
            Stretch<V> last = found.get(found.size() - 1);
            if (last.value().equals(next.value())) {
                found.set(found.size() - 1, new Stretch<>(last.from(), next.to(), last.value(), last.offset()));
                return;
            }
        }
        found.add(next);
    }

    /**
     * Joins equal neighbours older than {@code before} and forgets what ended before {@code forget}; what was joined
     * reads the same, only a report that comes later than that may split a longer stretch.
     */
    public void compact(long before, long forget) {
        while (!reports.isEmpty()
                && reports.firstEntry().getValue().until < forget
                && reports.size() > 1) {
            reports.pollFirstEntry();
        }
        Map.Entry<Long, Report<V>> prev = reports.firstEntry();
        while (prev != null) {
            Map.Entry<Long, Report<V>> next = reports.higherEntry(prev.getKey());
            if (next == null || next.getKey() >= before) {
                return;
            }
            Report<V> a = prev.getValue();
            Report<V> b = next.getValue();
            if (a.value.equals(b.value) && a.until >= next.getKey()) {
                reports.remove(next.getKey());
                reports.put(prev.getKey(), new Report<>(a.value, Math.max(a.until, b.until), a.offset));
                prev = reports.floorEntry(prev.getKey());
            } else {
                prev = next;
            }
        }
    }

    public boolean isEmpty() {
        return reports.isEmpty();
    }
}
