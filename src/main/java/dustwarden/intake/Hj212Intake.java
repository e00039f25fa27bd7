package dustwarden.intake;

import dustwarden.core.decode.Hj212Answer.Standing;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.decode.Hj212Seal;
import dustwarden.intake.Hj212Exchange.State;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HJ 212 devices and takes their frames into the inbox; while that is full, their sockets are not read.
 *
 * <p>To be deployed once.
 */
public final class Hj212Intake extends VerticleBase {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER_BYTES = 16 * 1024;
    private static final long RETRY_MS = 20;
    private static final long ASK_MS = 200;
    private static final long SLOW_MS = 5_000;
    private static final int UNKNOWN_MAX = 1_000;
    private static final int UNKNOWN_CHARS_MAX = 40;
    private static final Logger LOG = LoggerFactory.getLogger(Hj212Intake.class);

    private final Hj212Listener listener;
    private final Hj212Seal seal;
    private final Door door;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder turnedAway = new LongAdder();
    final LongAdder rubbish = new LongAdder();
    final LongAdder slow = new LongAdder();
    final LongAdder deaf = new LongAdder();
    final LongAdder frames = new LongAdder();
    final LongAdder answered = new LongAdder();
    private final Hj212Register register;
    final Hj212Asks asks;
    private final Set<Hj212Connection> open = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private volatile int unknownCount;
    private final Deque<Hj212Connection> held = new ArrayDeque<>();
    private volatile int port;

    /** An intake that takes everybody and asks nobody. */
    public Hj212Intake(Hj212Listener listener, Hj212Seal seal, Inbox inbox) {
        this(listener, seal, inbox, Hj212Register.open(), Hj212Ask.nothing(), InstantSource.system());
    }

    public Hj212Intake(
            Hj212Listener listener, Hj212Seal seal, Inbox inbox, Hj212Register register, Hj212Ask ask, InstantSource clock) {
        this.listener = listener;
        this.seal = seal;
        this.door = Door.of(inbox);
        this.register = register;
        this.asks = new Hj212Asks(ask, register, clock);
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
        vertx.setPeriodic(SLOW_MS, timer -> tick(System.nanoTime()));
        vertx.setPeriodic(ASK_MS, timer -> asks.tick());
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
                connections.get(), turnedAway.sum(), rubbish.sum(), deaf.sum(), slow.sum(), frames.sum(), answered.sum(), unknownCount);
    }

    /** What was asked of devices, and how that ended, by the name of a label. */
    public Map<String, Long> asked() {
        return Map.of(
                "asked", asks.asked.sum(),
                "resent", asks.resent.sum(),
                "done", asks.endedAs(State.DONE),
                "refused", asks.endedAs(State.REFUSED),
                "failed", asks.endedAs(State.FAILED),
                "timed-out", asks.endedAs(State.TIMED_OUT));
    }

    /** How we stand to who sent a frame; each MN that the register does not know is logged once. */
    Standing standing(Hj212Frame frame) {
        Standing standing = register.standing(frame.mn(), seal.hash(frame.get("PW")));
        if (standing == Standing.UNKNOWN_MN && unknown.size() < UNKNOWN_MAX && unknown.add(frame.mn())) {
            unknownCount = unknown.size();
            String mn = frame.mn().substring(0, Math.min(UNKNOWN_CHARS_MAX, frame.mn().length()));
            LOG.atWarn()
                    .addKeyValue("mn", mn.replaceAll("[^A-Za-z0-9_.-]", "?"))
                    .log("a device speaks HJ 212 that no site file names by its MN");
        }
        return standing;
    }

    private void connected(NetSocket socket) {
        if (connections.get() >= listener.connectionsMax()) {
            turnedAway.increment();
            socket.close();
            return;
        }
        connections.incrementAndGet();
        Hj212Connection connection = new Hj212Connection(this, context, socket, seal, door);
        open.add(connection);
        connection.listen();
    }

    /** A connection is not read until what it has sent is in the inbox. */
    void hold(Hj212Connection connection) {
        held.add(connection);
    }

    void gone(Hj212Connection connection) {
        open.remove(connection);
        connections.decrementAndGet();
    }

    /** Looks for peers that drip. */
    void tick(long nanos) {
        context.runOnContext(v -> List.copyOf(open).forEach(each -> each.tick(nanos)));
    }

    private void retry() {
        while (!held.isEmpty() && held.peek().goOn()) {
            held.poll();
        }
    }
}
