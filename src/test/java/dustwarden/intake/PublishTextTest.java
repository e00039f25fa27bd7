package dustwarden.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttDataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTextTest {
    private static final HexFormat HEX = HexFormat.of();

    /** What becomes of a QoS 1 packet's body that comes in pieces of so many bytes. */
    private static byte[] mended(byte[] body, boolean hasProperties, int piece) {
        PublishText text = new PublishText(hasProperties);
        byte[] all = body.clone();
        text.begin(0x32);
        for (int at = 0; at < all.length; at += piece) {
            text.body(all, at, Math.min(piece, all.length - at));
        }
        return all;
    }

    private static byte[] body(byte[] topic) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(topic.length >> 8);
        body.write(topic.length);
        body.writeBytes(topic);
        return body.toByteArray();
    }

    private static boolean newAccepts(byte[] body) {
        try {
            return !MqttDataTypes.decodeUTF8(new DataInputStream(new ByteArrayInputStream(body))).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean oldAccepts(byte[] body) {
        byte[] packet = new byte[body.length + 4];
        packet[0] = 0x32;
        packet[1] = (byte) (body.length + 2);
        System.arraycopy(body, 0, packet, 2, body.length);
        try {
            return MqttWireMessage.createWireMessage(packet) != null;
        } catch (Exception e) {
            return false;
        }
    }

    private static boolean accepts(byte[] body, boolean isNew) {
        return isNew ? newAccepts(body) : oldAccepts(body);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesExactlyTheCharactersThatTheLibraryRefuses(boolean isNew) {
        int refused = 0;
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x20000 ? 1 : 13) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                continue;
            }
            byte[] text = Character.toString(point).getBytes(UTF_8);
            byte[] body = body(text);
            byte[] mended = mended(body, isNew, 7);
            if (accepts(body, isNew)) {
                assertArrayEquals(body, mended, () -> HEX.formatHex(body));
            } else {
                refused++;
                assertArrayEquals(body("?".repeat(text.length).getBytes(UTF_8)), mended, () -> HEX.formatHex(body));
            }
        }
        assertTrue(refused > 65 + 16 + 4, refused + " were refused");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheBytesAreTheLibraryTakesThem(boolean isNew) {
        Random random = new Random(17);
        byte[] marks = HEX.parseHex("00417f80859fa0bebfc0c2e0edeeeff0f4f5ff90b7");
        byte[] topic = new byte[6];
        for (int i = 0; i < 200_000; i++) {
            for (int j = 0; j < topic.length; j++) {
                topic[j] = random.nextBoolean() ? (byte) random.nextInt(256) : marks[random.nextInt(marks.length)];
            }
            byte[] mended = mended(body(topic), isNew, 8);
            assertTrue(accepts(mended, isNew), () -> HEX.formatHex(mended));
        }
    }

    @Test
    void leavesThePayloadAsItCame() {
        byte[] old = HEX.parseHex("0002" + "0161" + "0102" + "00010203c285");
        assertEquals("00023f61" + "0102" + "00010203c285", HEX.formatHex(mended(old, false, 100)));
        // Lifetime, two pairs, numbers of subscriptions, format: then a payload that looks like a pair.
        String properties = "0200000001" + "26000101000102" + "26000101000102" + "0b8101" + "0101";
        String mendedProperties = "0200000001" + "2600013f00013f" + "2600013f00013f" + "0b8101" + "0101";
        String length = HEX.toHexDigits((byte) (properties.length() / 2));
        byte[] body = HEX.parseHex("00020161" + "0101" + length + properties + "26000101000102");
        String wanted = "00023f61" + "0101" + length + mendedProperties + "26000101000102";
        for (int piece = 1; piece <= body.length; piece++) {
            assertEquals(wanted, HEX.formatHex(mended(body, true, piece)));
        }
    }

    @Test
    void countsPropertiesWhoseLengthTakesTwoBytes() {
        String value = "01".repeat(200);
        String pair = "26" + "0001" + "01" + "00c8" + value;
        byte[] body = HEX.parseHex("000161" + "0001" + "ce01" + pair + "0101");
        String wanted = "000161" + "0001" + "ce01" + "26" + "0001" + "3f" + "00c8" + "3f".repeat(200) + "0101";
        assertEquals(wanted, HEX.formatHex(mended(body, true, 33)));
    }

    @Test
    void aMessageOfQosZeroHasNoNumber() {
        PublishText text = new PublishText(true);
        byte[] body = HEX.parseHex("000161" + "05" + "0300020101" + "0101");
        text.begin(0x30);
        text.body(body, 0, body.length);
        assertEquals("000161" + "05" + "0300023f3f" + "0101", HEX.formatHex(body));
    }

    @Test
    void otherPacketsPass() {
        PublishText text = new PublishText(true);
        byte[] body = HEX.parseHex("000101020304");
        for (int first : new int[] {0x20, 0x40, 0x90, 0xd0, 0xe0}) {
            byte[] same = body.clone();
            text.begin(first);
            text.body(same, 0, same.length);
            assertTrue(Arrays.equals(body, same));
        }
    }
}
