package dustwarden.intake;

import dustwarden.intake.MqttSource.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The socket of one connection to a broker: without Nagle's delay, read in large pieces, and to be cut from any thread.
 */
final class Wire {
    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

    private final Optional<SSLContext> tls;
    private final Version version;
    private final AtomicReference<Optional<Socket>> socket = new AtomicReference<>(Optional.empty());
    private final FirstWord first = new FirstWord();
    private final AtomicLong acksDue = new AtomicLong();
    private volatile Optional<PacketInput> input = Optional.empty();
    private volatile boolean cut;

    /** @param version that is spoken over it */
    Wire(Optional<SSLContext> tls, Version version) {
        this.tls = tls;
        this.version = version;
    }

    /** What makes the connection's one socket. */
    SocketFactory factory() {
        return tls.<SocketFactory>map(context -> new TlsSockets(context.getSocketFactory())).orElseGet(PlainSockets::new);
    }

    /** To be called before an acknowledgement is handed to the client library. */
    void ackDue() {
        acksDue.incrementAndGet();
    }

    /** Takes {@link #ackDue} back, for an acknowledgement that the client library did not take. */
    void ackRefused() {
        acksDue.decrementAndGet();
    }

    /** When the broker last sent anything, by {@link System#nanoTime}; empty before the first connection. */
    Optional<Long> heardNanos() {
        return input.map(PacketInput::heardNanos);
    }

    /** Ends the connection at once, whatever it is about; nothing is sent any more. */
    void cut() {
        cut = true;
        socket.get().ifPresent(Wire::quietlyClose);
    }

    private static void quietlyClose(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, which is all that is wanted.
            assert e != null;
        }
    }

    private <S extends Socket> S opened(S one) throws IOException {
        one.setTcpNoDelay(true);
        one.setKeepAlive(true);
        socket.set(Optional.of(one));
        if (cut) {
            one.close();
        }
        return one;
    }

    private InputStream read(InputStream in) {
        PacketInput buffered = new PacketInput(first.read(in), version);
        input = Optional.of(buffered);
        return buffered;
    }

    private OutputStream write(OutputStream out) {
        return new AckOutput(first.write(out), acksDue);
    }

    private final class PlainSockets extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket made = new Socket() {
                @Override
                public InputStream getInputStream() throws IOException {
                    return read(super.getInputStream());
                }

                @Override
                public OutputStream getOutputStream() throws IOException {
                    return write(super.getOutputStream());
                }
            };
            made.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            return opened(made);
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("sockets are made unconnected");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            return createSocket(host.getHostAddress(), port);
        }
    }

    private final class TlsSockets extends SSLSocketFactory {
        private final SSLSocketFactory inner;

        TlsSockets(SSLSocketFactory inner) {
            this.inner = inner;
        }

        @Override
        public Socket createSocket() throws IOException {
            return opened(new TlsSocket((SSLSocket) inner.createSocket(), Wire.this::read, Wire.this::write));
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) {
            throw new UnsupportedOperationException("sockets are made unconnected");
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("sockets are made unconnected");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return inner.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return inner.getSupportedCipherSuites();
        }
    }
}
