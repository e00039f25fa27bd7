package dustwarden.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A line that is read after each report says what one that is read for the first time says. */
class StateLineTest {
    private static final int REPORTS = 200;
    private static final long SPAN = 1_000;

    @Test
    void saysTheSameHoweverOftenItWasReadBefore() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            StateLine<Integer> read = new StateLine<>();
            StateLine<Integer> unread = new StateLine<>();
            for (int i = 0; i < REPORTS; i++) {
                step(random.nextLong(), i, read);
                long from = random.nextLong(SPAN);
                read.stretches(from, from + random.nextLong(SPAN));
            }
            random.setSeed(seed);
            for (int i = 0; i < REPORTS; i++) {
                step(random.nextLong(), i, unread);
                random.nextLong(SPAN);
                random.nextLong(SPAN);
            }
            for (long from = -5; from < SPAN; from += 7) {
                assertEquals(unread.stretches(from, from + 90), read.stretches(from, from + 90), "seed " + seed + " from " + from);
            }
        }
    }

    @Test
    void whatWasJoinedGoesOnAfterAReportThatComesLate() {
        StateLine<Integer> line = new StateLine<>();
        for (int minute = 0; minute < 60; minute++) {
            line.add(minute * 10, 1, minute * 10 + 30, minute);
        }
        line.compact(1_000, -1);
        line.add(305, 0, 335, 60);
        assertEquals(Optional.of(1), line.at(304));
        assertEquals(Optional.of(0), line.at(305));
        assertEquals(Optional.of(0), line.at(334));
        assertEquals(Optional.of(1), line.at(335));
        assertEquals(Optional.of(1), line.at(619));
        assertEquals(Optional.empty(), line.at(620));
        assertEquals(3, line.stretches(0, 620).size());
    }

    private static void step(long seed, int i, StateLine<Integer> line) {
        Random random = new Random(seed);
        long at = random.nextInt(3) == 0 ? random.nextLong(SPAN) : i * SPAN / REPORTS;
        if (random.nextInt(20) == 0) {
            line.cut(at);
        } else if (random.nextInt(30) == 0) {
            line.compact(at, at - SPAN / 2);
        } else {
            line.add(at, random.nextInt(2), at + 1 + random.nextInt(40), i);
        }
    }
}
