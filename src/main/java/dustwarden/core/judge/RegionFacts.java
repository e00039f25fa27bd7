package dustwarden.core.judge;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Background;
import dustwarden.core.model.Observation.Order;
import dustwarden.core.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What was published for one node of the region path: background means and orders. */
public final class RegionFacts {
    /** A quantity's mean over a period. */
    record Key(Quantity quantity, long periodMs, long start) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byStart = Long.compare(start, other.start);
            int byPeriod = byStart != 0 ? byStart : Long.compare(periodMs, other.periodMs);
            return byPeriod != 0 ? byPeriod : quantity.compareTo(other.quantity);
        }
    }

    private static final class Published {
        private final Quantity quantity;
        private final long periodMs;

        Published(Quantity quantity, long periodMs) {
            this.quantity = quantity;
            this.periodMs = periodMs;
        }

        /** For a stored state that is read again. */
        @SuppressWarnings("unused")
        private Published() {
            this(Quantity.PM10, 0);
        }
    }

    private final List<Published> series = new ArrayList<>();
    private final TreeMap<Key, Double> background = new TreeMap<>();
    private final TreeMap<Key, Long> offsets = new TreeMap<>();
    private final Map<String, Order> orders = new TreeMap<>();

    /** The first figure for a period stays. */
    public void add(Background said, long offset) {
        said.values().forEach((quantity, value) -> {
            Key key = new Key(quantity, said.periodMs(), said.ts());
            if (value.flag() != Flag.N) {
                return;
            }
            if (!hasBackground(quantity, said.periodMs())) {
                series.add(new Published(quantity, said.periodMs()));
            }
            if (background.putIfAbsent(key, value.number()) == null) {
                offsets.put(key, offset);
            }
        });
    }

    /** The same id again replaces the order: an earlier end lifts it. */
    public void add(Order order) {
        orders.put(order.id(), order);
    }

    /** The background mean of a period that starts at {@code start}, epoch ms; empty while it is awaited. */
    public OptionalDouble background(Quantity quantity, long periodMs, long start) {
        Double mean = background.get(new Key(quantity, periodMs, start));
        return mean == null ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    /** The entry that brought a background mean that is there. */
    public long backgroundOffset(Quantity quantity, long periodMs, long start) {
        return offsets.getOrDefault(new Key(quantity, periodMs, start), -1L);
    }

    public boolean hasBackground() {
        return !background.isEmpty();
    }

    /** Whether means of this quantity and period were ever published here. */
    public boolean hasBackground(Quantity quantity, long periodMs) {
        for (Published published : series) {
            if (published.quantity == quantity && published.periodMs == periodMs) {
                return true;
            }
        }
        return false;
    }

    /** When the period ends for which a background is due next, epoch ms; empty where none was ever published. */
    public OptionalLong nextBackgroundBy() {
        long next = Long.MIN_VALUE;
        for (Published published : series) {
            for (Key key : background.descendingKeySet()) {
                if (key.quantity() == published.quantity && key.periodMs() == published.periodMs) {
                    next = Math.max(next, key.start() + 2 * published.periodMs);
                    break;
                }
            }
        }
        return next == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Orders that hold at some instant of {@code [from, to)}. */
    public List<Order> orders(long from, long to) {
        List<Order> found = new ArrayList<>();
        for (Order order : orders.values()) {
            if (order.ts() < to && order.to() > from) {
                found.add(order);
            }
        }
        return found;
    }

    public void forgetBefore(long at) {
        while (!background.isEmpty() && background.firstKey().start() < at) {
            offsets.remove(background.pollFirstEntry().getKey());
        }
        orders.values().removeIf(order -> order.to() < at);
    }
}
