package dustwarden.ledger;

import java.util.Arrays;

/** Reads what {@link Out} wrote; every length is checked, so that damaged bytes end in {@link Damaged}. */
final class In {
    /** The bytes are not what was written. */
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    In(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    In(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int left() {
        return end - at;
    }

    int at() {
        return at;
    }

    byte[] take(int length) {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    int next() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new Damaged("a number of more than 64 bits");
    }

    /** A length or count, at most {@code most}. */
    int size(long most) {
        long size = varint();
        if (size < 0 || size > most) {
            throw new Damaged("size " + size + " over " + most);
        }
        return (int) size;
    }

    long zigzag() {
        long raw = varint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    long[] packed(int count, int bits) {
        if (bits > 64) {
            throw new Damaged("numbers of " + bits + " bits");
        }
        long[] numbers = new long[count];
        if (bits == 0) {
            return numbers;
        }
        int length = (int) (((long) count * bits + 7) / 8);
        need(length);
        long bit = (long) at * 8;
        for (int i = 0; i < count; i++) {
            long value = 0;
            for (int got = 0; got < bits; ) {
                int inByte = (int) (bit & 7);
                int take = Math.min(8 - inByte, bits - got);
                long piece = ((bytes[(int) (bit >>> 3)] & 0xFF) >>> inByte) & ((1 << take) - 1);
                value |= piece << got;
                got += take;
                bit += take;
            }
            numbers[i] = value;
        }
        at += length;
        return numbers;
    }

    private void need(int length) {
        if (length < 0 || end - at < length) {
            throw new Damaged("ends after " + (end - at) + " bytes where " + length + " were wanted");
        }
    }
}
