package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dustwarden.core.decode.Clock.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockTest {
    private static final long T = 1_773_450_000_000L;
    private final Clock clock = new Clock();
    private final List<Grade> changes = new ArrayList<>();
    private long now = T;

    private void hear(long offsetMs) {
        now += 60_000;
        clock.heard(now + offsetMs, now).ifPresent(changes::add);
    }

    private void hear(int times, long offsetMs) {
        for (int i = 0; i < times; i++) {
            hear(offsetMs);
        }
    }

    @Test
    void staysUnknownUntilFiveSamples() {
        hear(4, 0);
        assertEquals(Grade.UNKNOWN, clock.state());
        hear(0);
        assertEquals(List.of(Grade.GOOD), changes);
    }

    @Test
    void sixtySecondsAreGoodAndMoreIsSkewedToldOnce() {
        hear(5, 60_000);
        assertEquals(Grade.GOOD, clock.state());
        hear(20, 60_001);
        assertEquals(Grade.SKEWED, clock.state());
        assertEquals(OptionalLong.of(60_001), clock.offsetMs());
        hear(5, 0);
        assertEquals(List.of(Grade.GOOD, Grade.SKEWED, Grade.GOOD), changes);
    }

    @Test
    void aClockBehindIsSkewedInSpiteOfLateness() {
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            hear(-7_200_000 - random.nextInt(20_000) - (i % 6 == 0 ? 900_000 : 0));
        }
        assertEquals(List.of(Grade.SKEWED), changes);
    }

    @Test
    void backFillSkewsNoClock() {
        hear(10, -500);
        for (int i = 0; i < 300; i++) { // five hours of minutes, one a second
            now += 1000;
            clock.heard(now - 18_000_000 + i * 60_000L, now).ifPresent(changes::add);
        }
        hear(10, -500);
        for (int i = 300; i > 0; i--) { // a batch of one receipt
            clock.heard(now - i * 60_000L, now).ifPresent(changes::add);
        }
        assertEquals(List.of(Grade.GOOD), changes);
    }

    @Test
    void aYearOffOrJumpingAheadIsNoClock() {
        hear(5, -Clock.NONE_MS - 1);
        assertEquals(Grade.NONE, clock.state());
        assertEquals(OptionalLong.empty(), clock.offsetMs());
        hear(5, 0);
        long[] jumps = {3_600_000, 80_000_000, 7_000_000, 40_000_000, 20_000_000};
        for (long jump : jumps) {
            hear(jump);
        }
        assertEquals(List.of(Grade.NONE, Grade.GOOD, Grade.NONE), changes);
    }

    @Test
    void fiveRefusedTimesInARowAreNoClock() {
        for (int i = 0; i < 4; i++) {
            clock.refused().ifPresent(changes::add);
        }
        hear(0);
        for (int i = 0; i < 9; i++) {
            clock.refused().ifPresent(changes::add);
        }
        assertEquals(List.of(Grade.NONE), changes);
    }
}
