package dustwarden.app.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One MQTT 3.1.1 connection over a plain socket, made to cost little: publishes at QoS 1 within a window. */
final class Publisher implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int PUBLISH_QOS1 = 0x32;
    private static final int SUBSCRIBE = 0x82;
    private static final int WINDOW = 200;

    /** Told what comes on subscribed topics. */
    interface Listener {
        void came(String topic, byte[] payload);
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Semaphore window = new Semaphore(WINDOW);
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private int packet;

    Publisher(int port, String id, Listener listener) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 15);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.writeBytes(new byte[] {4, 2, 0, 0});
        text(body, id);
        send(CONNECT, body.toByteArray());
        out.flush();
        byte[] answer = in.readNBytes(4);
        if (answer.length < 4 || answer[3] != 0) {
            throw new IOException("the broker refused " + id);
        }
        Thread reader = new Thread(() -> read(listener), "publisher-" + id);
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends it; {@link #awaitSubscribed} says when it holds. */
    void subscribe(String filter) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0, 1});
        text(body, filter);
        body.write(0);
        synchronized (out) {
            send(SUBSCRIBE, body.toByteArray());
            out.flush();
        }
    }

    void awaitSubscribed(Duration atMost) throws IOException, InterruptedException {
        if (!subscribed.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the broker answered no subscription within " + atMost.toSeconds() + " s");
        }
    }

    /** Waits while the window is full. */
    void publish(String topic, byte[] payload) throws IOException, InterruptedException {
        if (!window.tryAcquire()) {
            flush();
            window.acquire();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(payload.length + topic.length() + 4);
        text(body, topic);
        packet = packet % 65_535 + 1;
        body.write(packet >> 8);
        body.write(packet);
        body.writeBytes(payload);
        synchronized (out) {
            send(PUBLISH_QOS1, body.toByteArray());
        }
    }

    void flush() throws IOException {
        synchronized (out) {
            out.flush();
        }
    }

    private void read(Listener listener) {
        try {
            while (true) {
                int head = in.readUnsignedByte();
                byte[] body = in.readNBytes(length());
                if (head >> 4 == 4) {
                    window.release();
                } else if (head >> 4 == 9) {
                    subscribed.countDown();
                } else if (head >> 4 == 3) {
                    int end = 2 + ((body[0] & 255) << 8 | body[1] & 255);
                    listener.came(
                            new String(body, 2, end - 2, StandardCharsets.UTF_8), Arrays.copyOfRange(body, end, body.length));
                }
            }
        } catch (IOException e) {
            // The connection ended; whoever publishes sees it too.
            window.release(WINDOW);
        }
    }

    private int length() throws IOException {
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 127) << shift;
            shift += 7;
        } while ((digit & 128) != 0);
        return length;
    }

    private void send(int head, byte[] body) throws IOException {
        out.write(head);
        int rest = body.length;
        do {
            int digit = rest & 127;
            rest >>= 7;
            out.write(rest > 0 ? digit | 128 : digit);
        } while (rest > 0);
        out.write(body);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
