package dustwarden.intake;

import dustwarden.core.decode.Hj212Seal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Listens for HJ 212 devices and takes their frames into the inbox; while that is full, their sockets are not read.
 *
 * <p>To be deployed once.
 */
public final class Hj212Intake extends VerticleBase {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER_BYTES = 16 * 1024;
    private static final long RETRY_MS = 20;

    private final Hj212Listener listener;
    private final Hj212Seal seal;
    private final Door door;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder turnedAway = new LongAdder();
    final LongAdder rubbish = new LongAdder();
    final LongAdder deaf = new LongAdder();
    final LongAdder frames = new LongAdder();
    final LongAdder answered = new LongAdder();
    private final Deque<Hj212Connection> held = new ArrayDeque<>();
    private volatile int port;

    public Hj212Intake(Hj212Listener listener, Hj212Seal seal, Inbox inbox) {
        this.listener = listener;
        this.seal = seal;
        this.door = Door.of(inbox);
    }

    @Override
    public Future<NetServer> start() {
        NetServerOptions options = new NetServerOptions()
                .setHost(listener.host())
                .setPort(listener.port())
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setReceiveBufferSize(SOCKET_BUFFER_BYTES)
                .setSendBufferSize(SOCKET_BUFFER_BYTES)
                .setIdleTimeout((int) Math.min(Integer.MAX_VALUE, listener.idleMost().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        vertx.setPeriodic(RETRY_MS, timer -> retry());
        return vertx.createNetServer(options)
                .connectHandler(this::connected)
                .listen()
                .onSuccess(server -> port = server.actualPort());
    }

    /** The port devices connect to, once it is deployed. */
    public int port() {
        return port;
    }

    public Hj212Counts counts() {
        return new Hj212Counts(
                connections.get(), turnedAway.sum(), rubbish.sum(), deaf.sum(), frames.sum(), answered.sum());
    }

    private void connected(NetSocket socket) {
        if (connections.get() >= listener.connectionsMax()) {
            turnedAway.increment();
            socket.close();
            return;
        }
        connections.incrementAndGet();
        new Hj212Connection(this, context, socket, seal, door).listen();
    }

    /** A connection is not read until what it has sent is in the inbox. */
    void hold(Hj212Connection connection) {
        held.add(connection);
    }

    void gone() {
        connections.decrementAndGet();
    }

    private void retry() {
        while (!held.isEmpty() && held.peek().goOn()) {
            held.poll();
        }
    }
}
