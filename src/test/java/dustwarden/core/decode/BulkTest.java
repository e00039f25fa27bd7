package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BulkTest {
    private static final byte[] PICTURE = picture();

    private static byte[] picture() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        return bytes;
    }

    @Test
    void aPushedPictureIsLeftOutAndTheEventStays() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--boundary\r\nContent-Disposition: form-data; name=\"anpr.xml\"\r\n\r\n<EventNotificationAlert/>\r\n"
                + "--boundary\r\nContent-Type: image/jpeg\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(PICTURE);
        body.writeBytes("\r\n--boundary--\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] left = Bulk.without(body.toByteArray());
        String text = new String(left, StandardCharsets.US_ASCII);
        assertTrue(text.length() < 500, text);
        assertTrue(text.contains("left out: 300002 bytes, sha256 "), text);
        byte[] event = Multipart.parts(left, PayloadTree.Kind.XML).get(0);
        assertEquals("<EventNotificationAlert/>", new String(event, StandardCharsets.US_ASCII).strip());
        assertTrue(text.endsWith("--boundary--\r\n"), text);
    }

    @Test
    void aPictureWithinJsonIsLeftOutAndTheRestReads() throws Exception {
        String json = "{\"plate\":\"a\\\"b\",\"picture\":\"" + Base64.getEncoder().encodeToString(PICTURE) + "\",\"n\":1}";
        byte[] left = Bulk.without(json.getBytes(StandardCharsets.UTF_8));
        assertEquals("a\"b", PayloadTree.read(PayloadTree.Kind.JSON, left).get("plate").asText());
        assertEquals(1, PayloadTree.read(PayloadTree.Kind.JSON, left).get("n").asInt());
        assertTrue(left.length < 300);
    }

    @Test
    void whatIsSmallOrNoneOfThemStaysAsItCame() {
        byte[] small = "--b\r\n\r\n\0".getBytes(StandardCharsets.US_ASCII);
        assertSame(small, Bulk.without(small));
        assertEquals(PICTURE.length, Bulk.without(new byte[PICTURE.length]).length);
        assertTrue(Bulk.without(PICTURE).length > 64_000);
    }
}
