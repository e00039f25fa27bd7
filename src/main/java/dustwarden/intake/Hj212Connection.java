package dustwarden.intake;

import dustwarden.core.Entry;
import dustwarden.core.decode.Hj212Answer;
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

/**
 * One device's connection: its frames go into the inbox in order, and what asks for an answer gets it after the journal.
 *
 * <p>It holds at most one frame that is not complete and the frames of one read. Touched on its own context only.
 */
final class Hj212Connection {
    private static final int RUBBISH_MAX = 50;
    private static final int ANSWERS_BYTES_MAX = 64 * 1024;
    private static final int OVERHEAD_BYTES = 160;
    /** Commands 9011 to 9014 are answers themselves. */
    private static final String ANSWERS = "901[1-4]";

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
        enter(splitter.feed(bytes.getBytes()));
    }

    private void close() {
        closed = true;
        enter(splitter.end());
        if (!held) {
            intake.gone();
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
            intake.gone();
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
        Runnable journaled = answer(frame).<Runnable>map(answer -> () -> context.runOnContext(v -> send(answer)))
                .orElse(() -> {});
        byte[] kept = sealed.frame();
        return new Arrival(
                received -> new Entry.Frame(received, peer, kept, sealed.note()),
                kept.length + OVERHEAD_BYTES,
                journaled);
    }

    private static Optional<Buffer> answer(byte[] frame) {
        Optional<Hj212Frame> parsed = Hj212Answer.parse(frame).frame();
        return parsed.filter(f -> Hj212Answer.isWanted(f) && !f.cn().matches(ANSWERS))
                .flatMap(Hj212Answer::dataAnswer)
                .map(Buffer::buffer);
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
