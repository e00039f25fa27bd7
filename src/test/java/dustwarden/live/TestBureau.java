package dustwarden.live;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.decode.Hj212Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A bureau on loopback that answers each frame as it is told to. */
public final class TestBureau implements AutoCloseable {
    /** What it does with a frame. */
    public enum Habit {
        ACKNOWLEDGE,
        SILENT,
        LATE,
        WRONG_QN,
        HANG_UP,
        REFUSE,
        /** It acknowledges, and asks for the device's clock before. */
        ASK_FIRST
    }

    public final List<Hj212Frame> frames = new CopyOnWriteArrayList<>();
    final List<Hj212Frame> answers = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Thread thread = new Thread(this::run, "bureau");
    private volatile Function<Integer, Habit> habit;
    private volatile Optional<Socket> line = Optional.empty();

    public TestBureau(int port, Function<Integer, Habit> habit) {
        this.habit = habit;
        try {
            server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    void turnsTo(Habit next) {
        habit = n -> next;
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                line = Optional.of(socket);
                Hj212Splitter splitter = new Hj212Splitter();
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[4096];
                for (int count = in.read(buffer); count >= 0 && !socket.isClosed(); count = in.read(buffer)) {
                    for (byte[] bytes : splitter.feed(Arrays.copyOf(buffer, count))) {
                        take(socket, Hj212Answer.parse(bytes).frame().orElseThrow());
                    }
                }
            } catch (IOException e) {
                // The line was lost, by whomever.
                line = Optional.empty();
            }
        }
    }

    private void take(Socket socket, Hj212Frame frame) throws IOException {
        if (frame.get("ST").equals("91")) {
            answers.add(frame);
            return;
        }
        frames.add(frame);
        switch (habit.apply(frames.size())) {
            case ACKNOWLEDGE -> acknowledge(socket, frame.get("QN"));
            case WRONG_QN -> acknowledge(socket, "20000101000000000");
            case LATE -> {
                LockSupport.parkNanos(400_000_000);
                acknowledge(socket, frame.get("QN"));
            }
            case HANG_UP -> socket.close();
            case REFUSE -> socket.getOutputStream().write(Hj212Answer.frame(
                    "QN=" + frame.get("QN") + ";ST=91;CN=9011;PW=1;MN=M;Flag=4;CP=&&QnRtn=3&&"));
            case ASK_FIRST -> {
                socket.getOutputStream().write(Hj212Answer.frame(
                        "QN=20260314100000000;ST=39;CN=1011;PW=1;MN=M;Flag=5;CP=&&&&"));
                acknowledge(socket, frame.get("QN"));
            }
            case SILENT -> { }
        }
    }

    private static void acknowledge(Socket socket, String qn) throws IOException {
        socket.getOutputStream().write(Hj212Answer.frame("QN=" + qn + ";ST=91;CN=9014;PW=123456;MN=M;Flag=4;CP=&&&&"));
    }

    /** Says something of itself. */
    void say(String segment) throws IOException {
        line.orElseThrow().getOutputStream().write(Hj212Answer.frame(segment));
    }

    List<Hj212Frame> of(String cn) {
        return frames.stream().filter(f -> f.cn().equals(cn)).toList();
    }

    /** QNs in the order in which each first came. */
    List<String> qns() {
        List<String> found = new ArrayList<>();
        frames.stream().map(f -> f.get("QN")).filter(qn -> !found.contains(qn)).forEach(found::add);
        return found;
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (line.isPresent()) {
            line.get().close();
        }
    }
}
