package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.intake.MqttSource.Version;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketInputTest {
    /** Gives its pieces one a read, and runs out of time where a piece is empty; the end is the end. */
    private static final class Pieces extends InputStream {
        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private int reads;

        Pieces(byte[]... pieces) {
            this.pieces.addAll(java.util.List.of(pieces));
        }

        @Override
        public int read() {
            throw new AssertionError("read byte by byte");
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            reads++;
            if (pieces.isEmpty()) {
                return -1;
            }
            byte[] piece = pieces.poll();
            if (piece.length == 0) {
                throw new SocketTimeoutException("nothing came");
            }
            System.arraycopy(piece, 0, into, from, piece.length);
            return piece.length;
        }
    }

    private static final byte[] NOTHING = {};

    private static PacketInput over(InputStream in) {
        return new PacketInput(in, Version.V3);
    }

    @Test
    void readsManyPacketsInOnePiece() throws IOException {
        Pieces pieces = new Pieces(new byte[] {0x40, 2, 0, 1, 0x40, 2, 0, 2, (byte) 0xD0, 0});
        PacketInput in = over(pieces);
        for (int id = 1; id <= 2; id++) {
            assertEquals(0x40, in.read());
            assertEquals(2, in.read());
            assertArrayEquals(new byte[] {0, (byte) id}, in.readNBytes(2));
        }
        assertEquals(0xD0, in.read());
        assertEquals(0, in.read());
        assertEquals(1, pieces.reads);
        assertEquals(-1, in.read());
    }

    @Test
    void timesOutBetweenPacketsOnly() throws IOException {
        PacketInput in = over(new Pieces(NOTHING, new byte[] {0x40}, NOTHING, NOTHING, new byte[] {2}, new byte[] {0, 1}, NOTHING));
        assertThrows(SocketTimeoutException.class, in::read);
        assertEquals(0x40, in.read());
        assertEquals(2, in.read(), "the second byte of the header, two timeouts later");
        assertArrayEquals(new byte[] {0, 1}, in.readNBytes(2));
        assertThrows(SocketTimeoutException.class, in::read);
    }

    @Test
    void timesOutNowhereInALengthOfManyBytes() throws IOException {
        byte[] more = {(byte) 0x80};
        PacketInput in = over(new Pieces(new byte[] {0x40}, NOTHING, more, NOTHING, more, NOTHING, new byte[] {1}, NOTHING));
        assertEquals(0x40, in.read());
        assertEquals(0x80, in.read());
        assertEquals(0x80, in.read());
        assertEquals(1, in.read());
        // The body: the client library keeps what it has of it.
        assertThrows(SocketTimeoutException.class, () -> in.read(new byte[10], 0, 10));
    }

    @Test
    void givesUpOnABrokerThatStopsWithinAHeader() throws IOException {
        byte[][] pieces = new byte[40][0];
        pieces[0] = new byte[] {0x40};
        PacketInput in = over(new Pieces(pieces));
        assertEquals(0x40, in.read());
        IOException stopped = assertThrows(IOException.class, in::read);
        assertTrue(stopped.getMessage().contains("within a packet's header"), stopped.getMessage());
    }

    @Test
    void readsABodyLongerThanItsBufferWhole() throws IOException {
        byte[] all = new byte[300_004];
        new Random(11).nextBytes(all);
        all[0] = 0x40;
        all[1] = (byte) (300_000 & 0x7f | 0x80);
        all[2] = (byte) (300_000 >> 7 & 0x7f | 0x80);
        all[3] = (byte) (300_000 >> 14);
        PacketInput in = over(new ByteArrayInputStream(all));
        for (int i = 0; i < 4; i++) {
            assertEquals(all[i] & 0xff, in.read());
        }
        byte[] body = new byte[300_000];
        new DataInputStream(in).readFully(body);
        assertArrayEquals(java.util.Arrays.copyOfRange(all, 4, all.length), body);
        assertEquals(-1, in.read());
    }

    @Test
    void hearsOnlyWhatCame() throws IOException {
        PacketInput in = over(new Pieces(NOTHING, new byte[] {0x40}));
        long before = in.heardNanos();
        assertThrows(SocketTimeoutException.class, in::read);
        assertEquals(before, in.heardNanos());
        assertEquals(0x40, in.read());
        assertTrue(in.heardNanos() - before > 0);
        long heard = in.heardNanos();
        assertEquals(-1, in.read(new byte[4], 0, 4));
        assertEquals(heard, in.heardNanos(), "the end is nothing heard");
    }
}
