package dustwarden.core;

import java.io.Writer;
import java.util.Arrays;

/** Collects the text of one decision and gives it as UTF-8 without a string in between. */
final class DecisionJsonText extends Writer {
    private char[] text = new char[1024];
    private int size;

    @Override
    public void write(char[] from, int start, int length) {
        room(length);
        System.arraycopy(from, start, text, size, length);
        size += length;
    }

    @Override
    public void write(String from, int start, int length) {
        room(length);
        from.getChars(start, start + length, text, size);
        size += length;
    }

    private void room(int more) {
        if (text.length - size < more) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, size + more));
        }
    }

    /** As {@code String.getBytes} writes it: a lone half of a surrogate pair is a question mark. */
    byte[] toBytes() {
        byte[] bytes = new byte[size];
        int at = 0;
        while (at < size && text[at] < 0x80) {
            bytes[at] = (byte) text[at++];
        }
        if (at == size) {
            return bytes;
        }
        bytes = Arrays.copyOf(bytes, at + (size - at) * 3);
        int end = at;
        while (at < size) {
            char c = text[at++];
            if (c < 0x80) {
                bytes[end++] = (byte) c;
            } else if (c < 0x800) {
                bytes[end++] = (byte) (0xC0 | c >> 6);
                bytes[end++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                bytes[end++] = (byte) (0xE0 | c >> 12);
                bytes[end++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[end++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && at < size && Character.isLowSurrogate(text[at])) {
                int point = Character.toCodePoint(c, text[at++]);
                bytes[end++] = (byte) (0xF0 | point >> 18);
                bytes[end++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[end++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[end++] = (byte) (0x80 | point & 0x3F);
            } else {
                bytes[end++] = '?';
            }
        }
        return Arrays.copyOf(bytes, end);
    }

    @Override
    public String toString() {
        return new String(text, 0, size);
    }

    @Override
    public void flush() {
        // Nothing waits anywhere.
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
