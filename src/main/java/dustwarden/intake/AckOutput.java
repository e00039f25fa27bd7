package dustwarden.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What we send to a broker; acknowledgements that the client library writes one by one leave together.
 *
 * <p>An acknowledgement waits only while another one is already on its way through the client library.
 */
final class AckOutput extends OutputStream {
    private static final int PUBACK = 0x40;
    private static final int PUBACK_BYTES_MAX = 8;
    private static final int PACKET_BYTES = 1400;

    private final OutputStream out;
    private final AtomicLong due;
    private final byte[] buffer = new byte[2 * PACKET_BYTES];
    private int count;
    private long written;
    private boolean urgent;

    /** @param due acknowledgements handed to the client library so far, raised before each is handed over */
    AckOutput(OutputStream out, AtomicLong due) {
        this.out = out;
        this.due = due;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (length > 0 && length <= PUBACK_BYTES_MAX && (bytes[from] & 0xff) == PUBACK) {
            written++;
        } else {
            urgent = true;
        }
        if (count + length > buffer.length) {
            send();
        }
        if (length > buffer.length) {
            out.write(bytes, from, length);
        } else {
            System.arraycopy(bytes, from, buffer, count, length);
            count += length;
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (urgent || written >= due.get() || count >= PACKET_BYTES) {
            send();
            out.flush();
            urgent = false;
        }
    }

    private void send() throws IOException {
        if (count > 0) {
            int length = count;
            count = 0;
            out.write(buffer, 0, length);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
