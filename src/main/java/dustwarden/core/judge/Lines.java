package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts several lines of stretches over the same span into one. */
final class Lines {
    private Lines() {}

    /**
     * One line whose value at each instant follows from all lines' values at that instant.
     *
     * @param lines each covers {@code [from, to)} without a gap
     * @param rule sees the stretches that hold at once, in the order of the lines, and picks one of their values; the
     *     offset is the newest among the stretches that say the same
     */
    static <V> List<Stretch<V>> join(
            long from, long to, List<List<Stretch<V>>> lines, Function<List<Stretch<V>>, Optional<V>> rule) {
        List<Stretch<V>> joined = new ArrayList<>();
        int[] at = new int[lines.size()];
        List<Stretch<V>> now = new ArrayList<>(lines.size());
        for (long start = from; start < to; ) {
            long end = to;
            now.clear();
            for (int i = 0; i < at.length; i++) {
                List<Stretch<V>> line = lines.get(i);
                while (line.get(at[i]).to() <= start) {
                    at[i]++;
                }
                Stretch<V> stretch = line.get(at[i]);
                now.add(stretch);
                end = Math.min(end, stretch.to());
            }
            Optional<V> value = rule.apply(now);
            long offset = offset(now, value);
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).value().equals(value)) {
                Stretch<V> before = joined.get(last);
                joined.set(last, new Stretch<>(before.from(), end, value, before.offset()));
            } else {
                joined.add(new Stretch<>(start, end, value, offset));
            }
            start = end;
        }
        return joined;
    }

    private static <V> long offset(List<Stretch<V>> now, Optional<V> value) {
        long offset = -1;
        for (Stretch<V> stretch : now) {
            if (value.isPresent() && stretch.value().equals(value)) {
                offset = Math.max(offset, stretch.offset());
            }
        }
        return offset;
    }
}
