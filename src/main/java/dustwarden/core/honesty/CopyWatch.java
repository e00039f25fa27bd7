package dustwarden.core.honesty;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds monitors of one site that say the same series, whatever the shift between them; state of plain fields.
 *
 * <p>A print is the hash of the last 24 values of which twelve differ: two devices beside each other never agree so far by
 * themselves, to the last digit.
 */
final class CopyWatch {
    private static final int VALUES = 24;
    private static final int DISTINCT_LEAST = 12;
    /** One print in eight is kept, chosen by itself, so that both monitors keep the same ones. */
    private static final long KEPT_BITS = 7;
    private static final int PRINTS_KEPT = 64;
    private static final long SHIFT_MAX_MS = 6 * 3_600_000L;

    /** The last values of one monitor. */
    private static final class Tape {
        final double[] values = new double[VALUES];
        int count;

        void add(double value) {
            values[count % VALUES] = value;
            count++;
        }

        /** The hash of the last values in order, 0 where they are too few or too much the same. */
        long print() {
            if (count < VALUES) {
                return 0;
            }
            long hash = 0xcbf29ce484222325L;
            int changes = 0;
            double before = Double.NaN;
            for (int i = 0; i < VALUES; i++) {
                double value = values[(count + i) % VALUES];
                changes += value == before ? 0 : 1;
                before = value;
                hash = (hash ^ Double.doubleToLongBits(value)) * 0x100000001b3L;
                hash ^= hash >>> 29;
            }
            return changes < DISTINCT_LEAST ? 0 : hash;
        }
    }

    private record Print(long hash, String device, long ts) {}

    /** Another monitor that said the same before, and by how long. */
    record Match(String other, long shiftMs) {}

    private final Map<String, Tape> tapes = new TreeMap<>();
    private final Map<Long, Print> byHash = new TreeMap<>();
    private final ArrayDeque<Print> order = new ArrayDeque<>();

    Optional<Match> take(String device, long ts, double value) {
        Tape tape = tapes.computeIfAbsent(device, d -> new Tape());
        tape.add(value);
        if (tapes.size() < 2) {
            return Optional.empty();
        }
        long hash = tape.print();
        if (hash == 0 || (hash & KEPT_BITS) != 0) {
            return Optional.empty();
        }
        Print print = new Print(hash, device, ts);
        Print first = byHash.putIfAbsent(hash, print);
        if (first == null) {
            order.add(print);
            if (order.size() > PRINTS_KEPT) {
                byHash.remove(order.poll().hash());
            }
            return Optional.empty();
        }
        return first.device().equals(device) || Math.abs(ts - first.ts()) > SHIFT_MAX_MS
                ? Optional.empty()
                : Optional.of(new Match(first.device(), ts - first.ts()));
    }
}
