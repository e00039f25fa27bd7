package dustwarden.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlockCodecTest {
    @Test
    void keepsNumbersAsTheyWereWritten() {
        String[] odd = {
            "a0", "a-0", "a-0.0", "a00", "a007", "a-007.50", "a1.", "a.5", "a1.2.3", "a-", "a--1", "a12345678901234567890123456789",
            "a0.00000000000000000001", "a99999999999999999", "a-99999999999999999.9", "a1e5", "a2026-03-14T09:00:01.250+08:00", "a", ""
        };
        for (String text : odd) {
            for (String other : odd) {
                List<byte[]> items = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    items.add(bytes(text + "\n" + other));
                    items.add(bytes(other + "\n\n" + text));
                }
                assertSame(items, BlockCodec.decode(BlockCodec.encode(items)));
            }
        }
    }

    @Test
    void mixesScalesOfOnePlace() {
        Random random = new Random(7);
        List<byte[]> items = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String number = Long.toString(random.nextLong() >> random.nextInt(60));
            int point = 1 + random.nextInt(number.length());
            items.add(bytes("v=" + number.substring(0, point) + (random.nextBoolean() ? "." : "") + number.substring(point)));
        }
        assertSame(items, BlockCodec.decode(BlockCodec.encode(items)));
    }

    @Property(tries = 300)
    void givesBackAnyBytes(@ForAll @Size(max = 40) List<byte[]> items) {
        assertSame(items, BlockCodec.decode(BlockCodec.encode(items)));
    }

    @Property(tries = 300)
    void givesBackAnyDigits(@ForAll long seed) {
        Random random = new Random(seed);
        String alphabet = "0123456789-.\nab";
        List<byte[]> items = new ArrayList<>();
        for (int i = random.nextInt(200); i >= 0; i--) {
            StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(6); c >= 0; c--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            items.add(bytes(text.toString()));
        }
        assertSame(items, BlockCodec.decode(BlockCodec.encode(items)));
    }

    @Test
    void refusesAnyFlippedBit() {
        List<byte[]> items = new ArrayList<>();
        new Readings(1).next(20).forEach(e -> items.add(EntryCodec.encode(e)));
        byte[] block = BlockCodec.encode(items);
        for (int bit = 0; bit < block.length * 8; bit++) {
            byte[] flipped = block.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(In.Damaged.class, () -> BlockCodec.decode(flipped));
        }
    }

    @Test
    void keepsRandomReadingsUnder25BytesEach() {
        List<byte[]> items = new ArrayList<>();
        new Readings(1).next(512).forEach(e -> items.add(EntryCodec.encode(e)));
        int raw = items.stream().mapToInt(i -> i.length).sum() / items.size();
        double packed = BlockCodec.encode(items).length / (double) items.size();
        assertTrue(raw > 200, "raw " + raw);
        assertTrue(packed < 25, "packed " + packed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertSame(List<byte[]> wanted, List<byte[]> got) {
        assertEquals(wanted.size(), got.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertArrayEquals(wanted.get(i), got.get(i));
        }
    }
}
