package dustwarden.core.honesty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Finds monitors of one site that say the same series, whatever the shift between them, and keeps some prints of each
 * monitor for {@link CopiesAcross}; state of plain fields.
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
    static final long SHIFT_MAX_MS = 6 * 3_600_000L;
    private static final long SHIFT_SLACK_MS = 120_000;

    /** Of the prints that are kept every second is compared with other sites'; each monitor keeps its last ones. */
    private static final long ACROSS_BITS = 15;
    private static final int ACROSS_KEPT = 24;

    /** The last values of one monitor. */
    private static final class Tape {
        final double[] values = new double[VALUES];
        int count;
        final long[] hashes = new long[ACROSS_KEPT];
        final long[] times = new long[ACROSS_KEPT];
        int kept;
        // The other site's monitor that said the same last, with the shift and this monitor's time; empty where none did.
        String like = "";
        long likeShiftMs;
        long likeTs;

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
            for (int i = 0, at = count % VALUES; i < VALUES; i++, at = at + 1 == VALUES ? 0 : at + 1) {
                double value = values[at];
                changes += value == before ? 0 : 1;
                before = value;
                hash = (hash ^ Double.doubleToLongBits(value)) * 0x100000001b3L;
                hash ^= hash >>> 29;
            }
            return changes < DISTINCT_LEAST ? 0 : hash;
        }
    }

    /** A print of one monitor, with the time of its last value. */
    record Print(long hash, String device, long ts) {}

    /** Another monitor that said the same before, and by how long. */
    record Match(String other, long shiftMs) {}

    private final Map<String, Tape> tapes = new TreeMap<>();
    private final Map<Long, Print> byHash = new TreeMap<>();
    private final ArrayDeque<Print> order = new ArrayDeque<>();
    /** Not compared with other sites yet; never any between two entries. */
    private final transient List<Print> fresh = new ArrayList<>();

    Optional<Match> take(String device, long ts, double value) {
        Tape tape = tapes.computeIfAbsent(device, d -> new Tape());
        tape.add(value);
        long hash = tape.print();
        if (hash == 0 || (hash & KEPT_BITS) != 0) {
            return Optional.empty();
        }
        if ((hash & ACROSS_BITS) == 0) {
            fresh.add(new Print(hash, device, ts));
        }
        if (tapes.size() < 2) {
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

    List<Print> fresh() {
        return fresh;
    }

    /** Keeps a print as its monitor's own; the hash that had to make room for it, 0 where none had. */
    long keep(Print print) {
        Tape tape = tapes.get(print.device());
        int at = tape.kept % ACROSS_KEPT;
        long gone = tape.kept < ACROSS_KEPT ? 0 : tape.hashes[at];
        tape.hashes[at] = print.hash();
        tape.times[at] = print.ts();
        tape.kept++;
        return gone;
    }

    /** The time of a print that a monitor keeps. */
    OptionalLong kept(String device, long hash) {
        Tape tape = tapes.get(device);
        for (int i = 0; tape != null && i < Math.min(tape.kept, ACROSS_KEPT); i++) {
            if (tape.hashes[i] == hash) {
                return OptionalLong.of(tape.times[i]);
            }
        }
        return OptionalLong.empty();
    }

    /** All that is kept, to be found again by others. */
    void forEachKept(BiConsumer<String, Long> to) {
        tapes.forEach((device, tape) -> {
            for (int i = 0; i < Math.min(tape.kept, ACROSS_KEPT); i++) {
                to.accept(device, tape.hashes[i]);
            }
        });
    }

    /** Whether a monitor said the same as that other one before, with about the same shift and not long ago. */
    boolean isAgain(Print print, String like, long shiftMs) {
        Tape tape = tapes.get(print.device());
        boolean again = tape.like.equals(like)
                && Math.abs(tape.likeShiftMs - shiftMs) <= SHIFT_SLACK_MS
                && print.ts() - tape.likeTs <= SHIFT_MAX_MS;
        tape.like = like;
        tape.likeShiftMs = shiftMs;
        tape.likeTs = print.ts();
        return again;
    }

    void forget(Predicate<String> device) {
        tapes.keySet().removeIf(device);
    }
}
