package dustwarden.core.honesty;

import java.util.EnumMap;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The doubts that stand about one monitor, by kind, each with when it ends unless it is seen again; state of plain fields.
 *
 * <p>Times are the device's own. Silence ends no doubt: only newer data does.
 */
final class Standing {
    private final EnumMap<DoubtKind, Long> until = new EnumMap<>(DoubtKind.class);
    private boolean moved = true;

    /** A doubt is seen at {@code ts}; told when it did not stand. */
    void seen(String device, DoubtKind kind, long ts, long holdMs, SortedMap<String, Object> numbers, Consumer<Doubt> out) {
        if (until.put(kind, ts > Long.MAX_VALUE - holdMs ? Long.MAX_VALUE : ts + holdMs) == null) {
            moved = true;
            out.accept(new Doubt(device, kind, numbers));
        }
    }

    void end(DoubtKind kind) {
        moved |= until.remove(kind) != null;
    }

    /** Newer data of {@code ts} is in: what was not seen again in time has ended. */
    void passed(long ts) {
        if (!until.isEmpty()) {
            moved |= until.values().removeIf(end -> end < ts);
        }
    }

    Iterable<DoubtKind> kinds() {
        return until.keySet();
    }

    boolean moved() {
        return moved;
    }

    /** Whether a doubt began or ended since this was last asked. */
    boolean takeMoved() {
        boolean had = moved;
        moved = false;
        return had;
    }
}
