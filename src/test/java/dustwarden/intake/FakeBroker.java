package dustwarden.intake;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A broker of a few lines over bare sockets, for what no good broker does; it keeps the packets that it was sent. */
final class FakeBroker implements AutoCloseable {
    static final int CONNECT = 1;
    static final int PUBACK = 4;
    static final int DISCONNECT = 14;
    private static final int NEW_LEVEL = 5;

    /** What it says to a client of MQTT 5. */
    enum ToNew {
        WELCOME,
        /** As brokers from before MQTT 5 do. */
        OLD_REFUSAL,
        NEW_REFUSAL,
        HANG_UP
    }

    record Packet(int type, byte[] body) {
        /** The number of the message that it is about. */
        int id() {
            return (body[0] & 0xff) << 8 | body[1] & 0xff;
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ToNew toNew;
    private final List<Packet> packets = new ArrayList<>();
    private final AtomicReference<Optional<Socket>> current = new AtomicReference<>(Optional.empty());
    private volatile boolean subscribed;
    private volatile int level;

    FakeBroker(ToNew toNew) throws IOException {
        this.toNew = toNew;
        Thread thread = new Thread(this::serve, "fake-broker");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("tcp://127.0.0.1:" + server.getLocalPort());
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** The protocol level of the newest connection: 5, or 4 for 3.1.1. */
    int level() {
        return level;
    }

    List<Packet> packets(int type) {
        synchronized (packets) {
            return packets.stream().filter(p -> p.type() == type).toList();
        }
    }

    List<Integer> acknowledged() {
        return packets(PUBACK).stream().map(Packet::id).toList();
    }

    /** Sends a message of QoS 1; a client of 3.1.1 gets no properties. */
    void publish(int id, byte[] topic, byte[] properties, byte[] payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(topic.length);
        out.write(topic);
        out.writeShort(id);
        if (level == NEW_LEVEL) {
            out.writeByte(properties.length);
            out.write(properties);
        }
        out.write(payload);
        send(0x32, body.toByteArray());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                current.set(Optional.of(socket));
                talk(new DataInputStream(socket.getInputStream()));
            } catch (IOException e) {
                // The client is gone, or the test is over: the next one, if any.
                subscribed = false;
            }
        }
    }

    private void talk(DataInputStream in) throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            byte[] body = in.readNBytes(length(in));
            Packet packet = new Packet(first >> 4, body);
            synchronized (packets) {
                packets.add(packet);
            }
            switch (packet.type()) {
                case CONNECT -> welcome(body[6]);
                case 8 -> {
                    byte[] granted = level == NEW_LEVEL
                            ? new byte[] {body[0], body[1], 0, 1}
                            : new byte[] {body[0], body[1], 1};
                    send(0x90, granted);
                    subscribed = true;
                }
                case 10 -> send(0xB0, level == NEW_LEVEL
                        ? new byte[] {body[0], body[1], 0, 0x11}
                        : new byte[] {body[0], body[1]});
                case 12 -> send(0xD0, new byte[0]);
                default -> {
                    // Kept for the test to look at.
                }
            }
        }
    }

    private void welcome(int asked) throws IOException {
        level = asked;
        if (asked != NEW_LEVEL) {
            send(0x20, new byte[] {0, 0});
            return;
        }
        switch (toNew) {
            case WELCOME -> send(0x20, new byte[] {0, 0, 0});
            case OLD_REFUSAL -> refuse(new byte[] {0, 1});
            case NEW_REFUSAL -> refuse(new byte[] {0, (byte) 0x84, 0});
            case HANG_UP -> throw new IOException("hung up");
        }
    }

    private void refuse(byte[] answer) throws IOException {
        send(0x20, answer);
        throw new IOException("refused");
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int b;
        do {
            b = in.readUnsignedByte();
            length |= (b & 0x7f) << shift;
            shift += 7;
        } while (b > 0x7f);
        return length;
    }

    private void send(int first, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int length = body.length;
        do {
            packet.write(length > 0x7f ? length & 0x7f | 0x80 : length);
            length >>= 7;
        } while (length > 0);
        packet.write(body);
        current.get().orElseThrow().getOutputStream().write(packet.toByteArray());
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (current.get().isPresent()) {
            current.get().get().close();
        }
    }
}
