package dustwarden.core;

import dustwarden.core.judge.LimitJudge;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.Windows;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Says the mean of each window at its end, and again, at most once a second, when a late value changes it. */
final class MeanClock {
    private static final long AGAIN_MS = 1_000;

    /** One closed window of one monitor. */
    private record Closed(String device, Quantity quantity, long periodMs, long start) implements Comparable<Closed> {
        @Override
        public int compareTo(Closed other) {
            int c = Long.compare(start, other.start);
            c = c != 0 ? c : device.compareTo(other.device);
            c = c != 0 ? c : quantity.compareTo(other.quantity);
            return c != 0 ? c : Long.compare(periodMs, other.periodMs);
        }
    }

    /** A quantity and period that end together. */
    private record Beat(Quantity quantity, long periodMs) implements Comparable<Beat> {
        @Override
        public int compareTo(Beat other) {
            int c = quantity.compareTo(other.quantity);
            return c != 0 ? c : Long.compare(periodMs, other.periodMs);
        }
    }

    private final TreeMap<Beat, Long> nextEnd = new TreeMap<>();
    private final TreeMap<Closed, Long> againAt = new TreeMap<>();
    /** The earliest of both, since it is asked at every look at the site; 0 where they must be asked anew. */
    private transient long next;

    /** Follows the windows in use from {@code now} on. */
    void follow(Windows windows, long now) {
        next = 0;
        nextEnd.keySet().removeIf(b -> !windows.specs().contains(new Windows.Spec(b.quantity(), b.periodMs())));
        for (Windows.Spec spec : windows.specs()) {
            nextEnd.computeIfAbsent(
                    new Beat(spec.quantity(), spec.periodMs()),
                    b -> windows.end(spec.periodMs(), windows.start(spec.periodMs(), now)));
        }
    }

    long nextAt() {
        if (next != 0) {
            return next;
        }
        next = Long.MAX_VALUE;
        for (long end : nextEnd.values()) {
            next = Math.min(next, end);
        }
        for (long again : againAt.values()) {
            next = Math.min(next, again);
        }
        return next;
    }

    /** A value came for a time that may lie in closed windows. */
    void late(SiteFacts facts, String device, Quantity quantity, long ts, long now) {
        Windows windows = facts.windows();
        for (Windows.Spec spec : windows.specs()) {
            if (spec.quantity() != quantity) {
                continue;
            }
            long start = windows.start(spec.periodMs(), ts);
            if (windows.end(spec.periodMs(), start) <= now) {
                next = 0;
                againAt.putIfAbsent(new Closed(device, quantity, spec.periodMs(), start), now + AGAIN_MS);
            }
        }
    }

    /** Says what is due; answers the start of the earliest window that closed or changed, {@code Long.MAX_VALUE} for none. */
    long tick(SiteFacts facts, List<Content.Bound> rules, long now, long offset, Consumer<Decision> out) {
        long earliest = Long.MAX_VALUE;
        if (nextAt() > now) {
            return earliest;
        }
        next = 0;
        Windows windows = facts.windows();
        for (Beat beat : List.copyOf(nextEnd.keySet())) {
            long end = nextEnd.get(beat);
            if (end > now) {
                continue;
            }
            long start = windows.start(beat.periodMs(), end - 1);
            earliest = Math.min(earliest, start);
            for (Device device : facts.site().devices()) {
                if (device.kind() == DeviceKind.MONITOR && end > facts.countsFrom()) {
                    out.accept(say(facts, rules, new Closed(device.id(), beat.quantity(), beat.periodMs(), start), now, offset));
                }
            }
            nextEnd.put(beat, windows.end(beat.periodMs(), windows.start(beat.periodMs(), now)));
        }
        for (Closed closed : List.copyOf(againAt.keySet())) {
            if (againAt.get(closed) <= now) {
                againAt.remove(closed);
                earliest = Math.min(earliest, closed.start());
                out.accept(say(facts, rules, closed, now, offset));
            }
        }
        return earliest;
    }

    private static Decision.Mean say(SiteFacts facts, List<Content.Bound> rules, Closed closed, long now, long offset) {
        Optional<Windows.Mean> mean =
                facts.windows().mean(closed.device(), closed.quantity(), closed.periodMs(), closed.start());
        OptionalDouble value = mean.isPresent() && mean.get().values() > 0
                ? OptionalDouble.of(mean.get().mean())
                : OptionalDouble.empty();
        double capture = mean.map(Windows.Mean::capture).orElse(0.0);
        OptionalDouble limit = OptionalDouble.empty();
        Flag flag = Flag.D;
        for (Content.Bound bound : rules) {
            if (bound.judge() instanceof LimitJudge judge
                    && judge.spec().equals(new Windows.Spec(closed.quantity(), closed.periodMs()))) {
                limit = judge.limitFor(facts, closed.start());
                flag = mean.map(judge::flagOf).orElse(Flag.D);
                break;
            }
        }
        return new Decision.Mean(now, offset, facts.site().id(), closed.device(), closed.quantity(), closed.periodMs(),
                closed.start(), value, capture, flag, limit);
    }
}
