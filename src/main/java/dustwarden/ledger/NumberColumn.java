package dustwarden.ledger;

/** Numbers as differences to the smallest, or to the one before, in as few bits each as hold them all. */
final class NumberColumn {
    private static final int DELTA = 0x80;

    private NumberColumn() {}

    /** Writes the first {@code count} numbers; {@code numbers} is scratch afterwards. */
    static void write(Out out, long[] numbers, int count) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        long minStep = Long.MAX_VALUE;
        long maxStep = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, numbers[i]);
            max = Math.max(max, numbers[i]);
            if (i > 0) {
                long step = numbers[i] - numbers[i - 1];
                minStep = Math.min(minStep, step);
                maxStep = Math.max(maxStep, step);
            }
        }
        int bits = bits(max - min);
        int stepBits = count > 1 ? bits(maxStep - minStep) : 64;
        if (stepBits < bits && (long) (bits - stepBits) * count > 64) {
            out.put(DELTA | stepBits).zigzag(numbers[0]).zigzag(minStep);
            for (int i = count - 1; i > 0; i--) {
                numbers[i] = numbers[i] - numbers[i - 1] - minStep;
            }
            System.arraycopy(numbers, 1, numbers, 0, count - 1);
            out.packed(numbers, count - 1, stepBits);
            return;
        }
        out.put(bits).zigzag(min);
        for (int i = 0; i < count; i++) {
            numbers[i] -= min;
        }
        out.packed(numbers, count, bits);
    }

    static long[] read(In in, int count) {
        int head = in.next();
        long first = in.zigzag();
        if ((head & DELTA) == 0) {
            long[] numbers = in.packed(count, head);
            for (int i = 0; i < count; i++) {
                numbers[i] += first;
            }
            return numbers;
        }
        long minStep = in.zigzag();
        long[] steps = in.packed(count - 1, head & ~DELTA);
        long[] numbers = new long[count];
        numbers[0] = first;
        for (int i = 1; i < count; i++) {
            numbers[i] = numbers[i - 1] + steps[i - 1] + minStep;
        }
        return numbers;
    }

    private static int bits(long range) {
        return 64 - Long.numberOfLeadingZeros(range);
    }
}
