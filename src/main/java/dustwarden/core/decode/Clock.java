package dustwarden.core.decode;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far one device's clock is off, told from measured and received times; state of plain fields.
 *
 * <p>Lateness only ever makes a measured time look older, so of all that comes within ten seconds only the newest
 * counts, and of the last five such samples the oldest-looking is left out. Back-filled data moves through time faster
 * than the wall clock and so is never steady: it makes no clock look skewed.
 */
public final class Clock {
    /** Beyond it a clock that is steadily off is skewed. */
    public static final long SKEW_MS = 60_000;
    /** Beyond it there is no clock at all: a dead battery counts from 1970. */
    public static final long NONE_MS = 365L * 24 * 3_600_000;

    private static final int SAMPLES = 5;
    private static final long BUCKET_MS = 10_000;
    private static final long UNSTABLE_MS = 600_000;

    /** What a device's clock is worth. */
    public enum Grade {
        /** Not yet enough heard. */
        UNKNOWN,
        GOOD,
        /** Steadily off by more than 60 s. */
        SKEWED,
        /** Off by more than a year, or jumping ahead at random. */
        NONE;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final long[] samples = new long[SAMPLES];
    private int count;
    private long bucket = Long.MIN_VALUE;
    private int refused;
    private Grade state = Grade.UNKNOWN;
    private long offsetMs;

    /** Takes the measured time of an accepted report; the class where it changes, once. */
    public Optional<Grade> heard(long ts, long received) {
        refused = 0;
        long offset = ts - received;
        long in = Math.floorDiv(received, BUCKET_MS);
        if (in == bucket && count > 0) {
            int last = (count - 1) % SAMPLES;
            samples[last] = Math.max(samples[last], offset);
        } else {
            bucket = in;
            samples[count % SAMPLES] = offset;
            count = count == 2 * SAMPLES - 1 ? SAMPLES : count + 1;
        }
        return count < SAMPLES ? Optional.empty() : become(judged());
    }

    /** Takes note that a report was refused for its time; five in a row are the word of no clock. */
    public Optional<Grade> refused() {
        if (refused < SAMPLES) {
            refused++;
        }
        return refused < SAMPLES ? Optional.empty() : become(Grade.NONE);
    }

    /** The class as last reported. */
    public Grade state() {
        return state;
    }

    /** Measured minus received time while {@link Grade#GOOD} or {@link Grade#SKEWED}, in ms. */
    public OptionalLong offsetMs() {
        return state == Grade.GOOD || state == Grade.SKEWED ? OptionalLong.of(offsetMs) : OptionalLong.empty();
    }

    private Grade judged() {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        long newest = sorted[SAMPLES - 1];
        long middle = sorted[SAMPLES / 2];
        boolean steady = newest - sorted[1] <= SKEW_MS;
        if (steady && Math.abs(middle) > NONE_MS) {
            return Grade.NONE;
        }
        if (Math.abs(middle) <= SKEW_MS || Math.abs(newest) <= SKEW_MS) {
            offsetMs = Math.abs(newest) <= SKEW_MS ? newest : middle;
            return Grade.GOOD;
        }
        if (steady) {
            offsetMs = middle;
            return Grade.SKEWED;
        }
        return newest > SKEW_MS && newest - sorted[1] > UNSTABLE_MS ? Grade.NONE : state;
    }

    private Optional<Grade> become(Grade next) {
        if (next == state) {
            return Optional.empty();
        }
        state = next;
        return Optional.of(next);
    }
}
