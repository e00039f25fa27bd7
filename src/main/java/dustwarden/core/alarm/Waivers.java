package dustwarden.core.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The waivers of one site that were asked for or granted and have not ended. */
public final class Waivers {
    /** So many at once are no exceptions any more. */
    public static final int OPEN_MAX = 200;

    private final TreeMap<String, Waiver> open = new TreeMap<>();

    public void put(Waiver waiver) {
        open.put(waiver.id(), waiver);
    }

    public Optional<Waiver> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    public boolean full() {
        return open.size() >= OPEN_MAX;
    }

    /** The first that covers an alarm. */
    Optional<Waiver> over(Covers.About about, long now) {
        return open.values().stream().filter(w -> w.covers(about, now)).findFirst();
    }

    /** Whether any covers an alarm now. */
    public Optional<Covers.Cover> cover(Covers.About about, long now) {
        return over(about, now).map(w -> new Covers.Cover(w.id(), true));
    }

    /** Those that end by now; they are forgotten here. */
    public List<Waiver> ended(long now) {
        if (open.isEmpty()) {
            return List.of();
        }
        List<Waiver> ended = new ArrayList<>(open.values().stream().filter(w -> w.to() <= now).toList());
        ended.forEach(w -> open.remove(w.id()));
        return ended;
    }

    /** When the next begins or ends, epoch ms; {@code Long.MAX_VALUE} where none does. */
    public long nextChange(long now) {
        long next = Long.MAX_VALUE;
        for (Waiver waiver : open.values()) {
            next = Math.min(next, waiver.from() > now ? waiver.from() : waiver.to());
        }
        return next;
    }
}
