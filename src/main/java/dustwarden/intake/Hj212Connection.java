package dustwarden.intake;

import dustwarden.core.Entry;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Answer.Standing;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.decode.Hj212Seal;
import dustwarden.core.decode.Hj212Splitter;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One device's connection: its frames go into the inbox in order, and what asks for an answer gets it after the journal.
 *
 * <p>It holds at most one frame that is not complete and the frames of one read. Touched on its own context only.
 */
final class Hj212Connection {
    private static final int RUBBISH_MAX = 50;
    private static final int ANSWERS_BYTES_MAX = 64 * 1024;
    private static final long FRAME_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final int OVERHEAD_BYTES = 160;

    private final Hj212Intake intake;
    private final Context context;
    private final NetSocket socket;
    private final Hj212Seal seal;
    private final Door door;
    private final String peer;
    private final Hj212Splitter splitter = new Hj212Splitter();
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private int rubbish;
    private int unsent;
    private final Consumer<byte[]> asking = request -> send(Buffer.buffer(request));
    /** When the frame began that has not ended, 0 for none. */
    private long frameBegan;
    private boolean held;
    private boolean closed;

    Hj212Connection(Hj212Intake intake, Context context, NetSocket socket, Hj212Seal seal, Door door) {
        this.intake = intake;
        this.context = context;
        this.socket = socket;
        this.seal = seal;
        this.door = door;
        this.peer = Optional.ofNullable(socket.remoteAddress().hostAddress()).orElse("unknown");
    }

    void listen() {
        socket.handler(this::read);
        // The close that follows says all there is to say.
        socket.exceptionHandler(failure -> socket.close());
        socket.closeHandler(v -> close());
    }

    private void read(Buffer bytes) {
        List<byte[]> frames = splitter.feed(bytes.getBytes());
        if (!splitter.isWithinFrame()) {
            frameBegan = 0;
        } else if (frameBegan == 0 || !frames.isEmpty()) {
            frameBegan = System.nanoTime();
        }
        enter(frames);
    }

    /** Cuts off who has been at one frame for too long. */
    void tick(long nanos) {
        boolean within = frameBegan != 0 && nanos - frameBegan > FRAME_NANOS_MAX;
        if (!closed && !held && within) {
            intake.slow.increment();
            cut();
        }
    }

    private void close() {
        closed = true;
        enter(splitter.end());
        intake.asks.lost(asking);
        if (!held) {
            intake.gone(this);
        }
    }

    private void enter(List<byte[]> frames) {
        for (byte[] frame : frames) {
            rubbish = frame[0] == '#' ? 0 : rubbish + 1;
            if (rubbish > RUBBISH_MAX) {
                if (!closed) {
                    intake.rubbish.increment();
                    cut();
                }
                break;
            }
            waiting.add(arrival(frame));
        }
        if (!held && !drained()) {
            held = true;
            socket.pause();
            intake.hold(this);
        }
    }

    /** Tries again; false where the inbox is still full. */
    boolean goOn() {
        if (!drained()) {
            return false;
        }
        held = false;
        if (closed) {
            intake.gone(this);
        } else {
            socket.resume();
        }
        return true;
    }

    private boolean drained() {
        while (!waiting.isEmpty() && door.offer(waiting.peek())) {
            waiting.poll();
            intake.frames.increment();
        }
        return waiting.isEmpty();
    }

    private Arrival arrival(byte[] frame) {
        Hj212Seal.Sealed sealed = seal.seal(frame);
        byte[] kept = sealed.frame();
        return new Arrival(
                received -> new Entry.Frame(received, peer, kept, sealed.note()), kept.length + OVERHEAD_BYTES, after(frame));
    }

    /** What is done once the frame is on disk: it is answered, and what it says to a request of ours is taken. */
    private Runnable after(byte[] frame) {
        Optional<Hj212Frame> parsed = Hj212Answer.parse(frame).frame();
        if (parsed.isEmpty()) {
            return () -> {};
        }
        Standing standing = intake.standing(parsed.get());
        Optional<Buffer> answer = Hj212Answer.to(parsed.get(), standing).map(Buffer::buffer);
        if (answer.isEmpty() && standing != Standing.KNOWN) {
            return () -> {};
        }
        return () -> context.runOnContext(v -> {
            answer.ifPresent(this::send);
            if (standing == Standing.KNOWN && !closed) {
                intake.asks.heard(parsed.get(), asking);
            }
        });
    }

    private void send(Buffer answer) {
        if (closed) {
            return;
        }
        if (unsent > ANSWERS_BYTES_MAX) {
            intake.deaf.increment();
            closed = true;
            cut();
            return;
        }
        unsent += answer.length();
        socket.write(answer).onComplete(sent -> {
            unsent -= answer.length();
            if (sent.succeeded()) {
                intake.answered.increment();
            }
        });
    }

    /** Closes at once, past the handler that would first wait until the peer has read all answers. */
    private void cut() {
        ((NetSocketInternal) socket).channelHandlerContext().pipeline().firstContext().close();
    }
}
