package dustwarden.core;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** When each site wants to be looked at next: the earliest first, sites of one instant in the order of their ids. */
final class SiteTimers {
    /** A moment at which a site wants to be looked at, epoch ms. */
    record Timer(long at, String site) {}

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparing(Timer::site));
    private final Map<String, Long> atOf = new HashMap<>();

    /** A site wants to be looked at then and not before; {@code Long.MAX_VALUE}: never. */
    void set(String site, long at) {
        if (at == Long.MAX_VALUE) {
            atOf.remove(site);
            return;
        }
        Long old = atOf.put(site, at);
        if (old == null || old != at) {
            timers.add(new Timer(at, site));
        }
    }

    /** Takes the next timer that is due before {@code end} away. */
    Optional<Timer> takeBefore(long end) {
        while (!timers.isEmpty() && timers.peek().at() < end) {
            Timer timer = timers.poll();
            // One that was set anew since stands in the queue once more.
            if (atOf.remove(timer.site(), timer.at())) {
                return Optional.of(timer);
            }
        }
        return Optional.empty();
    }

    void forget(String site) {
        atOf.remove(site);
    }

    void clear() {
        timers.clear();
        atOf.clear();
    }
}
