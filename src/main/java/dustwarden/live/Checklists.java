package dustwarden.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whose checklists are to go out: of each site the newest, at most twice a second. */
final class Checklists {
    static final Duration EVERY = Duration.ofMillis(500);
    private static final long TICKET = Long.MIN_VALUE;

    private final Function<String, Optional<String>> checklist;
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> known = new HashSet<>();
    private final Deque<String> round = new ArrayDeque<>();
    private long roundAt = System.nanoTime() - EVERY.toNanos();

    Checklists(Function<String, Optional<String>> checklist) {
        this.checklist = checklist;
    }

    /** A retained message to be sent. */
    record Due(long ticket, String site, byte[] body) {}

    synchronized void changed(String site) {
        changed.add(site);
        known.add(site);
    }

    synchronized boolean pending() {
        return !changed.isEmpty() || !round.isEmpty();
    }

    /** After a lost connection nobody knows which arrived. */
    synchronized void restart() {
        changed.addAll(known);
    }

    Optional<Due> next() {
        Optional<String> site = take();
        return site.flatMap(s -> checklist.apply(s).map(json -> new Due(TICKET, s, json.getBytes(StandardCharsets.UTF_8))));
    }

    private synchronized Optional<String> take() {
        if (round.isEmpty() && !changed.isEmpty() && System.nanoTime() - roundAt >= EVERY.toNanos()) {
            roundAt = System.nanoTime();
            round.addAll(changed);
            changed.clear();
        }
        return Optional.ofNullable(round.poll());
    }
}
