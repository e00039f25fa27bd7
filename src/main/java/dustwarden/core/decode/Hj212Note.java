package dustwarden.core.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a frame said of itself as it was received, which sealing its password hides.
 *
 * @param bytes bytes of the data segment as received
 * @param chars its characters, fewer where it has Chinese text in UTF-8
 */
public record Hj212Note(Crc crc, int declared, int bytes, int chars) {
    /** What Chinese text was written in before the 2017 edition asked for UTF-8. */
    static final Charset GBK = Charset.forName("GBK");

    /** What the CRC as received was. */
    public enum Crc {
        RIGHT,
        MISSING,
        WRONG,
        /** HJ 212, bytes swapped. */
        SWAPPED,
        /** HJ 212, without the last two characters of the data segment. */
        NO_TAIL,
        MODBUS,
        MODBUS_SWAPPED,
        ARC,
        /** CRC-16/CCITT-FALSE without the last two characters. */
        CCITT;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Whether a damaged frame carries it once in 256 times, since HJ 212's CRC has no more values, and not only once in
         * 65,536.
         */
        boolean isHitByChance() {
            return this == NO_TAIL;
        }

        boolean isDialect() {
            return this != RIGHT && this != MISSING && this != WRONG;
        }
    }

    /** The note of a frame as received. */
    static Hj212Note of(byte[] frame) {
        Hj212Envelope e = Hj212Envelope.of(frame);
        return new Hj212Note(crc(frame, e), e.declared(), e.to() - e.from(), chars(frame, e));
    }

    private static int chars(byte[] frame, Hj212Envelope e) {
        if (isAscii(frame, e)) {
            return e.to() - e.from();
        }
        ByteBuffer segment = ByteBuffer.wrap(frame, e.from(), e.to() - e.from());
        for (Charset charset : new Charset[] {StandardCharsets.UTF_8, GBK}) {
            try {
                CharSequence text = charset.newDecoder().decode(segment.duplicate());
                return Character.codePointCount(text, 0, text.length());
            } catch (CharacterCodingException another) {
                continue;
            }
        }
        return e.to() - e.from();
    }

    static boolean isAscii(byte[] frame, Hj212Envelope e) {
        for (int i = e.from(); i < e.to(); i++) {
            if (frame[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static Crc crc(byte[] frame, Hj212Envelope e) {
        if (e.crc() < 0) {
            return Crc.MISSING;
        }
        int from = e.from();
        int to = e.to();
        int right = Crc16.hj212(frame, from, to);
        if (e.crc() == right) {
            return Crc.RIGHT;
        }
        int modbus = Crc16.modbus(frame, from, to);
        if (e.crc() == Crc16.swapped(right)) {
            return Crc.SWAPPED;
        } else if (e.crc() == modbus) {
            return Crc.MODBUS;
        } else if (e.crc() == Crc16.swapped(modbus)) {
            return Crc.MODBUS_SWAPPED;
        } else if (e.crc() == Crc16.hj212(frame, from, to - 2)) {
            return Crc.NO_TAIL;
        } else if (e.crc() == Crc16.arc(frame, from, to)) {
            return Crc.ARC;
        } else if (e.crc() == Crc16.ccitt(frame, from, to - 2)) {
            return Crc.CCITT;
        }
        return Crc.WRONG;
    }

    /** The note as the journal keeps it. */
    public String text() {
        return "crc=" + crc.wire() + ";declared=" + declared + ";bytes=" + bytes + ";chars=" + chars;
    }

    /**
     * Reads {@link #text} again.
     *
     * @throws IllegalArgumentException when it is not a note
     */
    public static Hj212Note parse(String text) {
        String[] parts = text.split("[;=]");
        if (parts.length != 8) {
            throw new IllegalArgumentException("is no note of a frame: " + text);
        }
        Crc crc = Crc.valueOf(parts[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Hj212Note(crc, Integer.parseInt(parts[3]), Integer.parseInt(parts[5]), Integer.parseInt(parts[7]));
    }

    /** Declared minus actual length, 0 where it counts bytes or characters. */
    int lengthOff() {
        return declared == chars ? 0 : declared - bytes;
    }
}
