package dustwarden.ledger;

import java.util.Arrays;

/**
 * Decimal numbers as they were written: sign, leading zeros and digits after the point come back exactly.
 *
 * <p>A number is {@code -?digits(.digits)?}; a minus before zero is left to the text around.
 */
final class NumberTexts {
    private static final int NATURAL = 1;
    private static final long[] POWERS = powers();

    private long[] values = new long[64];
    private byte[] scales = new byte[64];
    private byte[] widths = new byte[64];
    private int size;

    int size() {
        return size;
    }

    void drop(int toSize) {
        size = toSize;
    }

    static boolean isStart(byte[] text, int at, int end) {
        byte b = text[at];
        return isDigit(b) || (b == '-' && at + 1 < end && isDigit(text[at + 1]));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Takes the number that starts at {@code at}, with at most {@code most} digits; returns where it ends, or {@code at}. */
    int take(byte[] text, int at, int end, int most) {
        boolean minus = text[at] == '-';
        int start = minus ? at + 1 : at;
        int next = start;
        long value = 0;
        int digits = 0;
        while (next < end && digits < most && isDigit(text[next])) {
            value = value * 10 + (text[next++] - '0');
            digits++;
        }
        int width = digits;
        int scale = 0;
        if (digits < most && next + 1 < end && text[next] == '.' && isDigit(text[next + 1])) {
            next++;
            while (next < end && digits < most && isDigit(text[next])) {
                value = value * 10 + (text[next++] - '0');
                digits++;
                scale++;
            }
        }
        if (minus && value == 0) {
            return at;
        }
        room();
        values[size] = minus ? -value : value;
        scales[size] = (byte) scale;
        widths[size] = (byte) width;
        size++;
        return next;
    }

    private void room() {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            scales = Arrays.copyOf(scales, size * 2);
            widths = Arrays.copyOf(widths, size * 2);
        }
    }

    /** Writes the numbers at {@code rows} as one column. */
    void writeColumn(Out out, int[] rows) {
        int count = rows.length;
        boolean natural = true;
        int scaleMax = 0;
        int scaleMin = Integer.MAX_VALUE;
        boolean fits = true;
        for (int row : rows) {
            scaleMax = Math.max(scaleMax, scales[row]);
            scaleMin = Math.min(scaleMin, scales[row]);
        }
        for (int row : rows) {
            long whole = Math.abs(values[row]) / POWERS[scales[row]];
            natural &= widths[row] == Out.digits(whole);
            fits &= Math.abs(values[row]) < POWERS[17] / POWERS[scaleMax - scales[row]];
        }
        boolean even = scaleMax == scaleMin || !fits;
        out.put((natural ? NATURAL : 0) | (even ? 0 : 2));
        long[] column = new long[count];
        for (int i = 0; i < count; i++) {
            column[i] = scales[rows[i]];
        }
        NumberColumn.write(out, column, count);
        for (int i = 0; i < count; i++) {
            column[i] = even ? values[rows[i]] : values[rows[i]] * POWERS[scaleMax - scales[rows[i]]];
        }
        NumberColumn.write(out, column, count);
        if (!natural) {
            for (int i = 0; i < count; i++) {
                column[i] = widths[rows[i]];
            }
            NumberColumn.write(out, column, count);
        }
    }

    /** A column read back. */
    record Column(long[] values, long[] scales, long[] widths, boolean natural) {
        void write(Out out, int row) {
            long value = values[row];
            if (value < 0) {
                out.put('-');
                value = -value;
            }
            int scale = (int) scales[row];
            out.decimal(value / POWERS[scale], natural ? 1 : (int) widths[row]);
            if (scale > 0) {
                out.put('.').decimal(value % POWERS[scale], scale);
            }
        }
    }

    static Column readColumn(In in, int count) {
        int head = in.next();
        long[] scales = NumberColumn.read(in, count);
        long scaleMax = 0;
        for (long scale : scales) {
            if (scale < 0 || scale > 17) {
                throw new In.Damaged(scale + " digits after the point");
            }
            scaleMax = Math.max(scaleMax, scale);
        }
        long[] values = NumberColumn.read(in, count);
        if ((head & 2) != 0) {
            for (int i = 0; i < count; i++) {
                values[i] /= POWERS[(int) (scaleMax - scales[i])];
            }
        }
        if ((head & NATURAL) != 0) {
            return new Column(values, scales, new long[0], true);
        }
        long[] widths = NumberColumn.read(in, count);
        for (long width : widths) {
            if (width < 1 || width > 17) {
                throw new In.Damaged("a number of width " + width);
            }
        }
        return new Column(values, scales, widths, false);
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
