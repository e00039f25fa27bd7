package dustwarden.intake;

import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * What a broker sends, read in large pieces; a read timeout never falls between the bytes of a packet's fixed header,
 * after which the client library would take the rest of the packet for the next one.
 */
final class PacketInput extends InputStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int HEADER_TIMEOUTS_MAX = 20;

    private final InputStream in;
    private final PublishText text;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int count;
    private boolean inHeader;
    private volatile long heardNanos = System.nanoTime();

    PacketInput(InputStream in, Version version) {
        this.in = in;
        this.text = new PublishText(version == Version.V5);
    }

    /** When the last bytes came, by {@link System#nanoTime}. */
    long heardNanos() {
        return heardNanos;
    }

    /** One byte; the client library reads the fixed header so, and nothing else. */
    @Override
    public int read() throws IOException {
        int timeouts = 0;
        while (at == count) {
            try {
                if (fill() < 0) {
                    return -1;
                }
            } catch (SocketTimeoutException e) {
                if (!inHeader) {
                    throw e;
                }
                if (++timeouts > HEADER_TIMEOUTS_MAX) {
                    throw new IOException("the broker stopped within a packet's header", e);
                }
            }
        }
        int b = buffer[at++] & 0xff;
        if (!inHeader) {
            text.begin(b);
        }
        inHeader = !inHeader || b >= 0x80;
        return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == count) {
            if (length >= BUFFER_BYTES) {
                int direct = in.read(into, from, length);
                heard(direct);
                text.body(into, from, Math.max(0, direct));
                return direct;
            }
            if (fill() < 0) {
                return -1;
            }
        }
        int taken = Math.min(length, count - at);
        System.arraycopy(buffer, at, into, from, taken);
        at += taken;
        text.body(into, from, taken);
        return taken;
    }

    private void heard(int bytes) {
        if (bytes > 0) {
            heardNanos = System.nanoTime();
        }
    }

    private int fill() throws IOException {
        int got = in.read(buffer, 0, buffer.length);
        heard(got);
        at = 0;
        count = Math.max(0, got);
        return got;
    }

    @Override
    public int available() throws IOException {
        return at < count ? count - at : in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
