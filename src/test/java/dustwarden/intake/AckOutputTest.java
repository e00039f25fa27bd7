package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AckOutputTest {
    /** Keeps each write as a packet. */
    private static final class Packets extends OutputStream {
        private final List<byte[]> all = new ArrayList<>();

        @Override
        public void write(int b) {
            throw new AssertionError("written byte by byte");
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            all.add(java.util.Arrays.copyOfRange(bytes, from, from + length));
        }

        byte[] joined() throws IOException {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (byte[] one : all) {
                joined.write(one);
            }
            return joined.toByteArray();
        }
    }

    private final Packets packets = new Packets();
    private final AtomicLong due = new AtomicLong();
    private final AckOutput out = new AckOutput(packets, due);

    private static byte[] ack(int id) {
        return new byte[] {0x40, 2, (byte) (id >> 8), (byte) id};
    }

    private void writeAck(int id) throws IOException {
        out.write(ack(id));
        out.flush();
    }

    @Test
    void sendsALoneAcknowledgementAtOnce() throws IOException {
        due.set(1);
        writeAck(1);
        assertEquals(1, packets.all.size());
        assertArrayEquals(ack(1), packets.joined());
    }

    @Test
    void sendsThoseOfABatchTogether() throws IOException {
        due.set(3);
        writeAck(1);
        writeAck(2);
        assertEquals(0, packets.all.size());
        writeAck(3);
        assertEquals(1, packets.all.size());
        assertEquals(12, packets.joined().length);
    }

    @Test
    void anotherPacketTakesThoseThatWaitWithItInTheirOrder() throws IOException {
        due.set(2);
        writeAck(1);
        byte[] ping = {(byte) 0xC0, 0};
        out.write(ping);
        out.flush();
        assertArrayEquals(new byte[] {0x40, 2, 0, 1, (byte) 0xC0, 0}, packets.joined());
        writeAck(2);
        assertEquals(10, packets.joined().length);
    }

    @Test
    void oneThatTheLibraryDidNotTakeKeepsNoOtherWaiting() throws IOException {
        due.set(2);
        due.decrementAndGet();
        writeAck(1);
        assertArrayEquals(ack(1), packets.joined());
    }

    @Test
    void aFullPacketLeavesThoughMoreAreToCome() throws IOException {
        due.set(100_000);
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        for (int id = 1; id <= 1000; id++) {
            wanted.write(ack(id));
            writeAck(id);
        }
        assertTrue(packets.all.size() >= 2, () -> packets.all.size() + " packets");
        assertTrue(packets.all.stream().allMatch(p -> p.length >= 1400 && p.length < 1600));
        due.set(1001);
        wanted.write(ack(1001));
        writeAck(1001);
        assertArrayEquals(wanted.toByteArray(), packets.joined());
    }

    @Test
    void aPacketLongerThanTheBufferPassesAfterWhatWaits() throws IOException {
        due.set(2);
        writeAck(1);
        byte[] large = new byte[10_000];
        large[0] = 0x30;
        out.write(large);
        out.flush();
        byte[] sent = packets.joined();
        assertEquals(10_004, sent.length);
        assertEquals(0x40, sent[0]);
        assertEquals(0x30, sent[4]);
    }
}
