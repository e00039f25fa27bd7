package dustwarden.simulate;

/**
 * Chance that can be told again: a number for each (seed, subject, moment), the same on every machine.
 *
 * <p>The mixing is SplitMix64's finalizer.
 */
record Noise(long seed) {

    private static final double UNIT = 1.0 / (1L << 53);

    /** The noise of one subject, independent of all others. */
    Noise of(String subject) {
        long mixed = seed;
        for (int i = 0; i < subject.length(); i++) {
            mixed = mix(mixed * 31 + subject.charAt(i));
        }
        return new Noise(mixed);
    }

    /** Evenly spread over 0 (inclusive) to 1 (exclusive). */
    double unit(long moment) {
        return (mix(seed ^ mix(moment)) >>> 11) * UNIT;
    }

    /** Evenly spread over -1 to 1. */
    double around(long moment) {
        return 2 * unit(moment) - 1;
    }

    /** A whole number of 0 (inclusive) to the bound (exclusive). */
    long below(long bound, long moment) {
        return Math.floorMod(mix(seed ^ mix(moment)), bound);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
