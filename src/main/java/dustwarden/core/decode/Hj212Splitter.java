package dustwarden.core.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a stream of bytes into frames, whatever way TCP split or joined them.
 *
 * <p>A frame ends at a line end, before the next {@code ##} with four digits, or where its declared length is reached
 * and a CRC stands there, so that a device that sends no line ends is not kept waiting. Rubbish between frames comes
 * out as a frame of its own, to be refused and counted. Never more than {@link #BUFFER_MAX} bytes are kept: of a
 * longer frame only its first part comes out, the rest up to the next start or line end is dropped and counted.
 */
public final class Hj212Splitter {
    public static final int BUFFER_MAX = 16_384;
    private static final int HEAD = 6;
    private static final int CRC = 4;

    private byte[] buffer = new byte[1024];
    private int count;
    private boolean dropping;
    private long dropped;

    /** Takes what came and answers the frames that it completes, without line ends. */
    public List<byte[]> feed(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        for (byte b : bytes) {
            take(b, frames);
        }
        endAtDeclaredLength(frames);
        return frames;
    }

    /** What is left when the stream ends: empty, or one incomplete frame. */
    public List<byte[]> end() {
        List<byte[]> frames = new ArrayList<>();
        cut(count, frames);
        return frames;
    }

    /** Whether a frame has begun and not ended. */
    public boolean isWithinFrame() {
        return count > 0;
    }

    /** Bytes dropped so far for lack of room. */
    public long dropped() {
        return dropped;
    }

    private void take(byte b, List<byte[]> frames) {
        if (b == '\n') {
            cut(count, frames);
            dropping = false;
            return;
        }
        if (count == buffer.length) {
            if (count < BUFFER_MAX) {
                buffer = Arrays.copyOf(buffer, Math.min(BUFFER_MAX, 2 * count));
            } else {
                cut(count, frames);
                dropping = true;
            }
        }
        buffer[count++] = b;
        if (b >= '0' && b <= '9' && isHeadAt(count - HEAD)) {
            int start = count - HEAD;
            byte[] head = Arrays.copyOfRange(buffer, start, count);
            cut(start, frames);
            dropping = false;
            System.arraycopy(head, 0, buffer, 0, HEAD);
            count = HEAD;
        } else if (dropping && count > HEAD) {
            System.arraycopy(buffer, 1, buffer, 0, --count);
            dropped++;
        }
    }

    private boolean isHeadAt(int at) {
        if (at < 0 || buffer[at] != '#' || buffer[at + 1] != '#') {
            return false;
        }
        for (int i = at + 2; i < at + HEAD; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private void endAtDeclaredLength(List<byte[]> frames) {
        if (count < HEAD || !isHeadAt(0)) {
            return;
        }
        Hj212Envelope e = Hj212Envelope.of(Arrays.copyOf(buffer, count));
        if (e.crc() >= 0 && e.to() - e.from() == e.declared() && e.to() + CRC == count) {
            cut(count, frames);
        }
    }

    /** Gives out the first bytes of the buffer as a frame, unless they are none or only being dropped, and empties it. */
    private void cut(int to, List<byte[]> frames) {
        int end = to;
        while (end > 0 && buffer[end - 1] == '\r') {
            end--;
        }
        if (dropping) {
            dropped += end;
        } else if (end > 0) {
            frames.add(Arrays.copyOf(buffer, end));
        }
        count = 0;
    }
}
