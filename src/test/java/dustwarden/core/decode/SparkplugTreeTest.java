package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The protobuf of Sparkplug B, written here byte by byte from its definition. */
class SparkplugTreeTest {
    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] all(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** {@code number} as a varint below 128. */
    private static byte[] small(int number, int value) {
        return new byte[] {(byte) (number << 3), (byte) value};
    }

    private static byte[] metric(byte[] properties) {
        byte[] isTrue = small(14, 1);
        return field(2, all(text(1, "Inputs/PM10"), small(4, 9), properties, text(15, "0.118"), isTrue, text(15, "0.118")));
    }

    @Test
    void aMetricSaysTheUnitOfItsProperties() throws PayloadTree.Unreadable {
        byte[] set = all(text(1, "engLow"), text(1, "engUnit"), field(2, all(small(1, 3), small(3, 0))),
                field(2, all(small(1, 12), text(8, "mg/m3"))));
        JsonNode metric = SparkplugTree.read(metric(field(9, set))).at("/metrics/0");
        assertEquals("Inputs/PM10", metric.path("name").asText());
        assertEquals("0.118", metric.path("value").asText());
        assertEquals("mg/m3", metric.at("/properties/engUnit/value").asText());
    }

    @Test
    void propertiesWithoutAUnitAreNone() throws PayloadTree.Unreadable {
        for (byte[] set : new byte[][] {
            {}, text(1, "engUnit"), all(text(1, "engUnit"), field(2, small(1, 3))), all(text(1, "other"), field(2, text(8, "mg/m3")))}) {
            assertFalse(SparkplugTree.read(metric(field(9, set))).at("/metrics/0").has("properties"));
        }
        byte[] cut = field(9, all(text(1, "engUnit"), new byte[] {2 << 3 | 2, 40}));
        assertThrows(PayloadTree.Unreadable.class, () -> SparkplugTree.read(metric(cut)));
    }
}
