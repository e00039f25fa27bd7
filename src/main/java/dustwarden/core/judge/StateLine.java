package dustwarden.core.judge;

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
        Map.Entry<Long, Report<V>> newest = reports.lastEntry();
        boolean repeats = newest != null
                && newest.getKey() < at
                && newest.getValue().until > at
                && newest.getValue().value.equals(value);
        Report<V> old = newest == null || newest.getKey() < at ? null : reports.get(at);
        // Two reports of one instant: the longer-lasting one stays, then the later entry, whatever the order of arrival.
        if (old == null || until > old.until || until == old.until && offset > old.offset) {
            reports.put(at, new Report<>(value, until, offset));
            readFrom(at);
        }
        return !repeats;
    }

    /** The same reports in a line of their own. */
    StateLine<V> copy() {
        StateLine<V> copy = new StateLine<>();
        copy.reports.putAll(reports);
        return copy;
    }

    /** Ends what is valid at {@code at}: the device said that it goes. */
    public void cut(long at) {
        Map.Entry<Long, Report<V>> entry = reports.floorEntry(at);
        if (entry != null && entry.getValue().until > at) {
            Report<V> r = entry.getValue();
            reports.put(entry.getKey(), new Report<>(r.value, at, r.offset));
            readFrom(entry.getKey());
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
        if (to <= from) {
            return List.of();
        }
        Map.Entry<Long, Report<V>> first = reports.floorEntry(from);
        return read().within(from, to, first == null ? -1 : first.getValue().offset);
    }

    private StretchList<V> read() {
        if (read == null) {
            read = new StretchList<>();
            reports.forEach(this::readOne);
        }
        return read;
    }

    /** Reads the report before {@code at} and all from there on again; what lies before says the same as ever. */
    private void readFrom(long at) {
        if (read == null) {
            return;
        }
        Long before = reports.lowerKey(at);
        if (before == null) {
            read = null;
        } else if (reports.lastKey() == at) {
            readOne(at, reports.lastEntry().getValue());
        } else {
            read.endAt(before);
            reports.tailMap(before, true).forEach(this::readOne);
        }
    }

    private void readOne(long at, Report<V> report) {
        read.report(at, report.until, report.value, report.offset);
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
            read = null;
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
                read = null;
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
