package dustwarden.core.decode;

/**
 * The CRC of HJ 212 (annex A of the 2017 edition) and those that devices were seen to send instead of it.
 *
 * <p>All but {@link #ccitt} use the polynomial A001; HJ 212 differs from Modbus in that the register's high byte, not
 * its low one, takes in the next byte.
 */
final class Crc16 {
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int r = i;
            for (int bit = 0; bit < 8; bit++) {
                r = (r & 1) != 0 ? r >> 1 ^ 0xA001 : r >> 1;
            }
            TABLE[i] = r;
        }
    }

    private Crc16() {}

    static int hj212(byte[] bytes, int from, int to) {
        int r = 0xFFFF;
        for (int i = from; i < to; i++) {
            r = TABLE[r >> 8 ^ bytes[i] & 0xFF];
        }
        return r;
    }

    static int modbus(byte[] bytes, int from, int to) {
        return reflected(0xFFFF, bytes, from, to);
    }

    static int arc(byte[] bytes, int from, int to) {
        return reflected(0, bytes, from, to);
    }

    static int ccitt(byte[] bytes, int from, int to) {
        int r = 0xFFFF;
        for (int i = from; i < to; i++) {
            r ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                r = (r & 0x8000) != 0 ? r << 1 ^ 0x1021 : r << 1;
            }
            r &= 0xFFFF;
        }
        return r;
    }

    static int swapped(int crc) {
        return (crc & 0xFF) << 8 | crc >> 8;
    }

    private static int reflected(int start, byte[] bytes, int from, int to) {
        int r = start;
        for (int i = from; i < to; i++) {
            r = r >> 8 ^ TABLE[(r ^ bytes[i]) & 0xFF];
        }
        return r;
    }
}
