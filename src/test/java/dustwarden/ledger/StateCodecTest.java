package dustwarden.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    enum Colour {
        RED {
            @Override
            int heat() {
                return 1;
            }
        },
        GREEN;

        int heat() {
            return 0;
        }
    }

    sealed interface Shape {}

    record Round(double radius, Optional<String> name) implements Shape {}

    record Flat(int[] sides, List<Round> parts, Map<String, Long> names, Set<String> set) implements Shape {}

    static final class Monitor {
        private final String site;
        private final TreeMap<String, Shape> shapes = new TreeMap<>();
        private final EnumMap<Colour, Long> colours = new EnumMap<>(Colour.class);
        private final EnumMap<Colour, Long> none = new EnumMap<>(Colour.class);
        private final EnumSet<Colour> seen = EnumSet.noneOf(Colour.class);
        private final List<OptionalDouble> doubles = new ArrayList<>();
        private OptionalLong since = OptionalLong.empty();
        private OptionalInt count = OptionalInt.of(3);
        private long[] ring = {1, 2, 3};
        private final ArrayDeque<Long> queue = new ArrayDeque<>();
        private final LinkedHashMap<String, Integer> order = new LinkedHashMap<>();
        private final TreeSet<Long> tree = new TreeSet<>();
        private final PriorityQueue<Long> due = new PriorityQueue<>();
        private final BitSet bits = new BitSet();
        private Object any = List.of();
        private transient Object cache = new Object();
        private final Monitor parent;

        private Monitor(String site, Monitor parent) {
            this.site = site;
            this.parent = parent;
        }
    }

    private static Monitor filled() {
        Monitor m = new Monitor("site-1", new Monitor("site-0", null));
        m.shapes.put("b", new Round(0.1 + 0.2, Optional.of("名")));
        m.shapes.put("a", new Flat(new int[] {3, 4}, List.of(new Round(1, Optional.empty())), Map.of("x", 1L), Set.of("y")));
        m.colours.put(Colour.GREEN, 7L);
        m.colours.put(Colour.RED, 8L);
        m.seen.add(Colour.RED);
        m.doubles.addAll(List.of(OptionalDouble.empty(), OptionalDouble.of(2.5)));
        m.since = OptionalLong.of(1_800_000_000_000L);
        m.queue.add(5L);
        m.order.put("z", 1);
        m.order.put("a", 2);
        m.tree.add(9L);
        m.due.add(11L);
        m.bits.set(70);
        m.any = List.of(Optional.of(m.shapes.get("b")), Map.of("k", "v"), Arrays.asList(1, 2), new HashMap<>(Map.of(1, 2)));
        return m;
    }

    @Test
    void givesBackStatesOfAllKindsWithTheSameBytes() {
        byte[] bytes = new StateCodec().write(filled());
        Monitor read = (Monitor) new StateCodec().read(bytes);
        assertArrayEquals(bytes, new StateCodec().write(read));
        assertArrayEquals(bytes, new StateCodec().write(filled()));
        Monitor wanted = filled();
        assertEquals(wanted.site, read.site);
        assertEquals(wanted.parent.site, read.parent.site);
        assertEquals(wanted.shapes.get("b"), read.shapes.get("b"));
        assertEquals(((Flat) wanted.shapes.get("a")).parts(), ((Flat) read.shapes.get("a")).parts());
        assertArrayEquals(((Flat) wanted.shapes.get("a")).sides(), ((Flat) read.shapes.get("a")).sides());
        assertEquals(wanted.colours, read.colours);
        assertEquals(wanted.seen, read.seen);
        read.none.put(Colour.GREEN, 1L);
        assertEquals(1, read.none.size());
        assertEquals(wanted.doubles, read.doubles);
        assertEquals(wanted.since, read.since);
        assertEquals(wanted.count, read.count);
        assertArrayEquals(wanted.ring, read.ring);
        assertEquals(5L, read.queue.peek());
        assertEquals(List.copyOf(wanted.order.keySet()), List.copyOf(read.order.keySet()));
        assertEquals(wanted.tree, read.tree);
        assertEquals(11L, read.due.peek());
        assertEquals(wanted.bits, read.bits);
        assertEquals(wanted.any, read.any);
        assertEquals(null, read.cache);
    }

    @Test
    void refusesForeignClasses() {
        assertThrows(IllegalArgumentException.class, () -> new StateCodec().write(new TreeMap<>(Map.of(
                "a", new org.slf4j.helpers.NOPLoggerFactory()))));
    }

    @Test
    void saysSoWhereBytesAreNotAState() {
        byte[] bytes = new StateCodec().write(filled());
        assertThrows(In.Damaged.class, () -> new StateCodec().read(Arrays.copyOf(bytes, bytes.length / 2)));
    }
}
