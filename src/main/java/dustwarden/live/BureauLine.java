package dustwarden.live;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.decode.Hj212Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** One connection to a bureau: frames out, frames in, on the thread of its owner. */
final class BureauLine implements AutoCloseable {
    private static final int CONNECT_MS = 10_000;
    private static final int READ_BYTES = 4_096;

    private final Socket socket = new Socket();
    private final Hj212Splitter splitter = new Hj212Splitter();
    private final Deque<Hj212Frame> came = new ArrayDeque<>();
    private final byte[] buffer = new byte[READ_BYTES];

    void connect(String host, int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
    }

    void send(byte[] frame) throws IOException {
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
    }

    /** The next frame; empty where none came in time. Damaged ones are passed over. */
    Optional<Hj212Frame> next(Duration most) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        while (came.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
            read(socket.getInputStream());
        }
        return Optional.of(came.poll());
    }

    private void read(InputStream in) throws IOException {
        int count;
        try {
            count = in.read(buffer);
        } catch (SocketTimeoutException e) {
            return;
        }
        if (count < 0) {
            throw new IOException("the bureau closed the connection");
        }
        splitter.feed(Arrays.copyOf(buffer, count)).forEach(bytes -> Hj212Answer.parse(bytes).frame().ifPresent(came::add));
    }

    /** Refuses what the bureau asks us for, where it asks for an answer: nothing here is to be set from afar. */
    void refuse(Hj212Frame request) throws IOException {
        Optional<byte[]> answer = Hj212Answer.refusal(request);
        if (answer.isPresent()) {
            send(answer.get());
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is to be gone, and so it is.
            splitter.end();
        }
    }
}
