package dustwarden.core.judge;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums of clock-aligned windows at each monitor of a site, for the quantities and periods that its rules use.
 *
 * <p>Sums are whole numbers of 1e-9 of the unit, so that no order of arrival can change a mean.
 */
public final class Windows {
    private static final double NANO = 1e9;
    /** Doubles hold every whole number up to here. */
    private static final long EXACT_MAX = 1L << 53;
    /** A cadence counts as at least this long when slots are counted. */
    private static final long SLOT_MIN_MS = 1_000;

    /** A quantity and an averaging period that some rule of the site uses. */
    public record Spec(Quantity quantity, long periodMs) {
        public Spec {
            if (periodMs <= 0) {
                throw new IllegalArgumentException("an averaging period is above 0, got " + periodMs + " ms");
            }
        }
    }

    /**
     * A mean over one window.
     *
     * @param start epoch ms
     * @param end epoch ms, exclusive; the local day's end where the window would reach beyond it
     * @param mean unrounded; 0 where {@code values} is 0
     * @param values how many values flagged normal it is over
     * @param sum of those values, in 1e-9 of the unit
     * @param capture slots of the cadence with a value, of all slots, at most 1
     * @param aboveRange how many values came flagged above range
     * @param peak the highest value, those above range included
     */
    public record Mean(
            String device,
            Quantity quantity,
            long periodMs,
            long start,
            long end,
            double mean,
            int values,
            long sum,
            double capture,
            int aboveRange,
            double peak,
            long firstOffset,
            long lastOffset) {

        /** Whether the mean itself, not its rounded form, lies above a figure in 1e-9 of the unit. */
        public boolean above(long nano) {
            long whole = Math.floorDiv(sum, Math.max(1, values));
            return values > 0 && (whole > nano || whole == nano && Math.floorMod(sum, values) > 0);
        }

        /** Whether this mean less another lies above a figure in 1e-9 of the unit, exactly. */
        public boolean aboveOther(Mean other, long nano) {
            BigInteger mine = BigInteger.valueOf(sum).multiply(BigInteger.valueOf(other.values));
            BigInteger theirs = BigInteger.valueOf(other.sum).multiply(BigInteger.valueOf(values));
            BigInteger limit = BigInteger.valueOf(nano)
                    .multiply(BigInteger.valueOf(values))
                    .multiply(BigInteger.valueOf(other.values));
            return mine.subtract(theirs).compareTo(limit) > 0;
        }
    }

    private final String zone;
    private final Spec[] specs;
    private final Map<String, List<WindowLine>> lines = new TreeMap<>();
    private transient WindowGrid grid;

    public Windows(Set<Spec> specs, ZoneId zone) {
        this.zone = zone.getId();
        this.specs = specs.stream()
                .sorted(Comparator.comparing(Spec::quantity).thenComparing(Spec::periodMs))
                .toArray(Spec[]::new);
    }

    /** For a stored state that is read again. */
    @SuppressWarnings("unused")
    private Windows() {
        this.zone = "UTC";
        this.specs = new Spec[0];
    }

    /** A figure as a whole number of 1e-9 of its unit. */
    static long nano(double value) {
        return Math.round(value * NANO);
    }

    public Set<Spec> specs() {
        return new LinkedHashSet<>(List.of(specs));
    }

    public ZoneId zone() {
        return ZoneId.of(zone);
    }

    /** Start of the window that holds an instant, epoch ms. */
    public long start(long periodMs, long at) {
        return grid().start(periodMs, at);
    }

    /** End of the window that starts at {@code start}, epoch ms, exclusive. */
    public long end(long periodMs, long start) {
        return grid().end(periodMs, start);
    }

    /** Adds a momentary value. */
    public boolean add(
            String device, Quantity quantity, long everyMs, long ts, double value, Flag flag, long received, long offset) {
        return add(device, quantity, everyMs, ts, 1, value, flag, received, offset);
    }

    /** Adds the values of one report that hold for {@code spanMs}; answers whether one changed a window that had closed. */
    boolean add(String device, long everyMs, long ts, long spanMs, Values values, long received, long offset) {
        boolean late = false;
        Quantity added = null;
        for (Spec spec : specs) {
            // They are sorted by quantity: one with several periods is added to all of them at once.
            if (spec.quantity() != added && values.has(spec.quantity())) {
                added = spec.quantity();
                Values.Value value = values.get(added);
                late |= add(device, added, everyMs, ts, spanMs, value.number(), value.flag(), received, offset);
            }
        }
        return late;
    }

    /**
     * Adds one value, once, that holds for {@code spanMs}; answers whether it changed a window that had closed at
     * {@code received}. One that holds for longer than a window says nothing of that window.
     */
    public boolean add(
            String device, Quantity quantity, long everyMs, long ts, long spanMs, double value, Flag flag, long received,
            long offset) {
        if (flag != Flag.N && flag != Flag.T) {
            return false;
        }
        boolean late = false;
        for (Spec spec : specs) {
            if (spec.quantity() == quantity && spanMs <= spec.periodMs()) {
                long start = grid().start(spec.periodMs(), ts);
                WindowLine line = line(device, spec, Math.max(SLOT_MIN_MS, everyMs));
                if (flag == Flag.N) {
                    line.addNormal(start, ts, spanMs, value, offset);
                } else {
                    line.addAboveRange(start, value, offset);
                }
                late |= grid().end(spec.periodMs(), start) <= received;
            }
        }
        return late;
    }

    /** The window that starts at {@code start}; empty when no value fell into it. */
    public Optional<Mean> mean(String device, Quantity quantity, long periodMs, long start) {
        long sum = 0;
        int count = 0;
        int above = 0;
        double capture = 0;
        double peak = Double.NEGATIVE_INFINITY;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long end = grid().end(periodMs, start);
        // A monitor whose cadence was changed in mid-window has two lines for it.
        for (WindowLine line : lines.getOrDefault(device, List.of())) {
            int i = line.spec().quantity() == quantity && line.spec().periodMs() == periodMs ? line.find(start) : -1;
            if (i >= 0) {
                sum += line.sum(i);
                count += line.count(i);
                above += line.above(i);
                capture = Math.min(1, capture + line.capture(i, end));
                peak = Math.max(peak, line.peak(i));
                first = Math.min(first, line.firstOffset(i));
                last = Math.max(last, line.lastOffset(i));
            }
        }
        if (first == Long.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new Mean(
                device, quantity, periodMs, start, end, mean(sum, count), count, sum, capture, above, peak, first, last));
    }

    /** Begins a second set of a monitor's windows under another name, with what stands in them since an instant. */
    void fork(String device, String name, long since) {
        List<WindowLine> copies = new ArrayList<>(2);
        lines.getOrDefault(device, List.of()).forEach(line -> copies.add(line.since(since)));
        lines.put(name, copies);
    }

    /** The same sums for other means or another zone; means used before and after keep what they have. */
    Windows with(Set<Spec> others, ZoneId itsZone) {
        Windows next = new Windows(others, itsZone);
        lines.forEach((device, all) -> all.stream()
                .filter(line -> others.contains(line.spec()))
                .forEach(line -> next.lines.computeIfAbsent(device, k -> new ArrayList<>(2)).add(line)));
        return next;
    }

    void forgetBefore(long at) {
        lines.values().forEach(all -> all.forEach(line -> line.forgetBefore(at)));
    }

    /** The quotient rounded once. */
    private static double mean(long sum, int count) {
        if (count == 0) {
            return 0;
        }
        if (Math.abs(sum) <= EXACT_MAX && count < 1_000_000) {
            return sum / (count * NANO);
        }
        return BigDecimal.valueOf(sum, 9).divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
    }

    private WindowGrid grid() {
        if (grid == null) {
            grid = new WindowGrid(ZoneId.of(zone));
        }
        return grid;
    }

    private WindowLine line(String device, Spec spec, long everyMs) {
        List<WindowLine> all = lines.computeIfAbsent(device, k -> new ArrayList<>(2));
        for (int i = all.size() - 1; i >= 0; i--) {
            WindowLine line = all.get(i);
            if (line.everyMs() == everyMs && line.spec().equals(spec)) {
                return line;
            }
        }
        WindowLine line = new WindowLine(spec, everyMs);
        all.add(line);
        return line;
    }
}
