package dustwarden.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An MQTT 3.1.1 client over a bare socket, for what no well-behaved client does. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(15_000);
        in = new DataInputStream(socket.getInputStream());
    }

    record Will(String topic, String text) {}

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Logs in and returns the return code of the CONNACK. */
    int connect(String clientId, String user, String secret, Optional<Will> will) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.writeByte(4);
        out.writeByte(0xC2 | (will.isPresent() ? 0x0C : 0));
        out.writeShort(60);
        out.writeUTF(clientId);
        if (will.isPresent()) {
            out.writeUTF(will.get().topic());
            out.writeUTF(will.get().text());
        }
        out.writeUTF(user);
        out.writeUTF(secret);
        packet(0x10, body.toByteArray());
        return read()[1];
    }

    void publish(String topic, String text) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF(topic);
        out.writeShort(1);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        packet(0x32, body.toByteArray());
    }

    void subscribe(String filter) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(1);
        out.writeUTF(filter);
        out.writeByte(1);
        packet(0x82, body.toByteArray());
    }

    private void packet(int type, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int length = body.length;
        do {
            packet.write(length > 127 ? length & 127 | 128 : length);
            length >>= 7;
        } while (length > 0);
        packet.write(body);
        send(packet.toByteArray());
    }

    /** The body of the next packet, which must be a short one. */
    byte[] read() throws IOException {
        in.readUnsignedByte();
        return in.readNBytes(in.readUnsignedByte());
    }

    /** Whether the broker has closed the connection, waiting up to 15 s for it. */
    boolean isClosedByPeer() {
        try {
            while (in.read() >= 0) {
                // what was still under way
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Ends like a pulled plug: no DISCONNECT. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
