package dustwarden.core.decode;

/**
 * Where the parts of an HJ 212 frame lie: {@code ##}, length, data segment, CRC.
 *
 * @param hashes number of {@code #} it begins with, at most 2
 * @param digits number of digits of its length, at most 4
 * @param declared the length it says, -1 without digits
 * @param from start of the data segment
 * @param to its end, after the last {@code &&}; the frame's end where there is no CRC
 * @param crc the CRC it says, -1 where there is none
 */
record Hj212Envelope(int hashes, int digits, int declared, int from, int to, int crc) {
    private static final int TAIL = 6;

    static Hj212Envelope of(byte[] frame) {
        int end = frame.length;
        while (end > 0 && (frame[end - 1] == '\r' || frame[end - 1] == '\n')) {
            end--;
        }
        int at = 0;
        while (at < 2 && at < end && frame[at] == '#') {
            at++;
        }
        int hashes = at;
        int declared = 0;
        while (hashes > 0 && at < end && at - hashes < 4 && frame[at] >= '0' && frame[at] <= '9') {
            declared = declared * 10 + frame[at] - '0';
            at++;
        }
        int digits = at - hashes;
        int crc = -1;
        int to = end;
        if (end - at >= TAIL && frame[end - TAIL] == '&' && frame[end - TAIL + 1] == '&') {
            crc = 0;
            for (int i = end - 4; i < end && crc >= 0; i++) {
                int digit = frame[i] < 0 ? -1 : Character.digit(frame[i], 16);
                crc = digit < 0 ? -1 : crc << 4 | digit;
            }
            to = crc < 0 ? end : end - 4;
        }
        return new Hj212Envelope(hashes, digits, digits == 0 ? -1 : declared, at, to, crc);
    }
}
