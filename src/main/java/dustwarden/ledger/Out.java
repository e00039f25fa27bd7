package dustwarden.ledger;

import java.util.Arrays;

/** A growing byte buffer that writes varints, decimals and bit-packed numbers. */
final class Out {
    private byte[] buffer;
    private int size;

    Out(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] array() {
        return buffer;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    Out put(int b) {
        room(1);
        buffer[size++] = (byte) b;
        return this;
    }

    Out put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    Out put(byte[] bytes, int from, int length) {
        room(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
        return this;
    }

    /** Each char as one byte; for text known to be ASCII. */
    Out ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** A number of 0 or more, in decimal. */
    Out decimal(long number) {
        return decimal(number, 1);
    }

    /** A number of 0 or more, in decimal, with leading zeros up to a width. */
    Out decimal(long number, int widthMin) {
        int width = Math.max(widthMin, digits(number));
        room(width);
        int at = size + width;
        long rest = number;
        while (rest > Integer.MAX_VALUE) {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        // Divides faster than a long.
        for (int few = (int) rest; at > size; few /= 10) {
            buffer[--at] = (byte) ('0' + few % 10);
        }
        size += width;
        return this;
    }

    static int digits(long number) {
        int digits = 1;
        for (long power = 10; digits < 19 && number >= power; power *= 10) {
            digits++;
        }
        return digits;
    }

    Out varint(long number) {
        room(10);
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    Out zigzag(long number) {
        return varint((number << 1) ^ (number >> 63));
    }

    /** The low {@code bits} of each number, packed from the lowest bit of the first byte on. */
    Out packed(long[] numbers, int count, int bits) {
        if (bits == 0) {
            return this;
        }
        room((int) (((long) count * bits + 7) / 8) + 8);
        long pending = 0;
        int held = 0;
        for (int i = 0; i < count; i++) {
            long value = numbers[i];
            int left = bits;
            while (left > 0) {
                int take = Math.min(left, 56 - held);
                pending |= (value & ((1L << take) - 1)) << held;
                held += take;
                value >>>= take;
                left -= take;
                while (held >= 8) {
                    buffer[size++] = (byte) pending;
                    pending >>>= 8;
                    held -= 8;
                }
            }
        }
        if (held > 0) {
            buffer[size++] = (byte) pending;
        }
        return this;
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
