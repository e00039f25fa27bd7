package dustwarden.intake;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets nothing be read from a broker before something was written to it.
 *
 * <p>No broker speaks first. But where a connection ends as soon as it is made, as behind a proxy whose broker is away, the
 * client library's reader would be over before its starter looks whether it runs, and the starter's thread waits for ever.
 */
final class FirstWord {
    private final CountDownLatch spoken = new CountDownLatch(1);

    InputStream read(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                awaitSpoken();
                return super.read(into, from, length);
            }
        };
    }

    OutputStream write(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                spoken.countDown();
                out.write(bytes, from, length);
            }
        };
    }

    private void awaitSpoken() throws IOException {
        try {
            if (!spoken.await(MqttTimes.CONNECT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("nothing was said to the broker for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before anything was said to the broker");
        }
    }
}
