package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Hj212SplitterTest {
    private static final String A = Hj212DecoderTest.frame("QN=1;ST=39;CN=2011;MN=A;CP=&&DataTime=20250131202809&&");
    private static final String B = Hj212DecoderTest.frame("QN=2;ST=39;CN=9015;MN=B;CP=&&&&");

    private static List<String> split(String... chunks) {
        Hj212Splitter splitter = new Hj212Splitter();
        List<byte[]> frames = new ArrayList<>();
        for (String chunk : chunks) {
            frames.addAll(splitter.feed(chunk.getBytes(StandardCharsets.ISO_8859_1)));
        }
        frames.addAll(splitter.end());
        return frames.stream().map(f -> new String(f, StandardCharsets.ISO_8859_1)).toList();
    }

    @Test
    void cutsJoinedAndJoinsCutFrames() {
        assertEquals(List.of(A, B), split(A + "\r\n" + B + "\r\n"));
        assertEquals(List.of(A, B), split(A + B));
        assertEquals(List.of(A, B), split(A + "\n" + B));
        for (int i = 1; i < A.length(); i++) {
            assertEquals(List.of(A, B), split(A.substring(0, i), A.substring(i) + "\r\n" + B), "cut at " + i);
        }
    }

    @Test
    void aFrameWithoutLineEndComesOutAtItsDeclaredLength() {
        Hj212Splitter splitter = new Hj212Splitter();
        assertEquals(0, splitter.feed(A.substring(0, 20).getBytes(StandardCharsets.ISO_8859_1)).size());
        assertEquals(1, splitter.feed(A.substring(20).getBytes(StandardCharsets.ISO_8859_1)).size());
        assertEquals(0, splitter.feed("\r\n".getBytes(StandardCharsets.ISO_8859_1)).size());
    }

    @Test
    void findsTheNextFrameAfterRubbishAndAfterACutOne() {
        assertEquals(List.of("\0\1xx", A), split("\0\1xx" + A));
        assertEquals(List.of(A.substring(0, 30), B), split(A.substring(0, 30) + B));
        assertEquals(List.of(A.substring(1), B), split(A.substring(1) + "\r\n" + B));
    }

    @Test
    void keepsNoMoreThanItsBuffer() {
        Hj212Splitter splitter = new Hj212Splitter();
        byte[] rubbish = new byte[10_000];
        Arrays.fill(rubbish, (byte) 'x');
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames.addAll(splitter.feed(rubbish));
        }
        frames.addAll(splitter.feed((A + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(2, frames.size());
        assertEquals(A, new String(frames.get(1), StandardCharsets.ISO_8859_1));
        assertEquals(1_000_000, splitter.dropped() + frames.get(0).length);
    }

    @Test
    void everyRecordedFrameComesOutWhateverTheChunks() throws IOException {
        List<byte[]> frames = Hj212DecoderTest.lines("/hj212/frames.txt").stream()
                .filter(f -> Hj212Decoder.decodeRaw(f, false) instanceof Decoded.Accepted)
                .toList();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            stream.writeBytes(frame);
            stream.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] all = stream.toByteArray();
        Random random = new Random(11);
        Hj212Splitter splitter = new Hj212Splitter();
        List<byte[]> out = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int to = Math.min(all.length, at + 1 + random.nextInt(400));
            out.addAll(splitter.feed(Arrays.copyOfRange(all, at, to)));
            at = to;
        }
        assertEquals(frames.size(), out.size());
        for (int i = 0; i < out.size(); i++) {
            assertTrue(Arrays.equals(frames.get(i), out.get(i)), "frame " + i);
        }
    }
}
