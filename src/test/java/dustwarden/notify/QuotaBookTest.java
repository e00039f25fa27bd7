package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotaBookTest {
    private static final Quota ROBOT = Quota.of(18, OptionalInt.empty(), OptionalInt.empty());

    private static QuotaBook book(Quota quota) {
        return new QuotaBook(quota, List.of(), 0);
    }

    @Test
    void noMinuteEverHoldsMoreThanTheQuotaWhateverComes() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            QuotaBook book = book(ROBOT);
            List<Long> went = new ArrayList<>();
            long now = 1_000_000;
            long lastLow = now;
            for (int i = 0; i < 3_000; i++) {
                boolean urgent = random.nextInt(4) == 0;
                if (book.freeAt(urgent, now) == now) {
                    book.took(now);
                    went.add(now);
                    now += random.nextInt(3_000);
                    book.ended(now);
                    lastLow = urgent ? lastLow : now;
                }
                now += random.nextInt(500);
            }
            for (int i = 18; i < went.size(); i++) {
                assertTrue(went.get(i) - went.get(i - 18) >= 60_000, "seed " + seed);
            }
            assertTrue(went.size() > 100, "seed " + seed + " sent " + went.size());
        }
    }

    @Test
    void lowPriorityLeavesFiveOfAMinuteToHigh() {
        QuotaBook book = book(ROBOT);
        long now = 0;
        int low = 0;
        for (; now < 59_000; now += 100) {
            if (book.freeAt(false, now) == now) {
                book.took(now);
                low++;
            }
        }
        assertEquals(13, low);
        int high = 0;
        while (book.slots(true, now) > 0) {
            book.took(now);
            high++;
        }
        assertTrue(high >= 3, "at once: " + high);
    }

    @Test
    void aNoticeThatHasToWaitWaitsSecondsAndNotMostOfAMinute() {
        QuotaBook book = book(ROBOT);
        while (book.freeAt(false, 0) == 0) {
            book.took(0);
        }
        assertTrue(book.freeAt(false, 0) <= 10_000, String.valueOf(book.freeAt(false, 0)));
    }

    @Test
    void oneMessageAMinuteIsAQuotaToo() {
        QuotaBook book = book(Quota.of(1, OptionalInt.empty(), OptionalInt.empty()));
        assertEquals(0, book.freeAt(false, 0));
        book.took(0);
        assertEquals(60_000, book.freeAt(false, 30_000));
        assertEquals(60_000, book.freeAt(true, 30_000));
    }

    @Test
    void theLastTwentiethOfAMonthIsForWhatPresses() {
        QuotaBook book = new QuotaBook(
                new Quota(OptionalInt.empty(), OptionalInt.empty(), 0, OptionalInt.of(100)), List.of(), 94);
        assertEquals(5, book.freeAt(false, 5));
        book.took(5);
        assertEquals(Long.MAX_VALUE, book.freeAt(false, 5));
        assertEquals(5, book.freeAt(true, 5));
        for (int i = 0; i < 5; i++) {
            book.took(5);
        }
        assertEquals(Long.MAX_VALUE, book.freeAt(true, 5));
        book.monthBegan();
        assertEquals(5, book.freeAt(false, 5));
    }

    @Test
    void aClockThatWasSetBackStopsTheChannelForAMinuteAtMost() {
        QuotaBook book = new QuotaBook(ROBOT, List.of(), 0);
        for (int i = 0; i < 18; i++) {
            book.took(10_000_000);
        }
        assertTrue(book.freeAt(true, 1_000) <= 61_000);
    }
}
