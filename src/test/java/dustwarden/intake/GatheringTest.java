package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Duration NONE = Duration.ZERO;

    private final Gathering gathering = new Gathering(100);
    private final Inbox inbox = new Inbox(1000, 1 << 20);

    private void arrive(int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(inbox.offer(new Arrival(Entry.Tick::new, 1, () -> {})));
        }
    }

    /** One turn of the journal: it commits, arrivals come, and it gathers; a busy machine does not make the time go over. */
    private int turn(int arrivals) {
        gathering.commits(System.nanoTime() + Duration.ofHours(1).toNanos());
        arrive(arrivals);
        inbox.gather(gathering, NONE);
        return inbox.drain(1000, 1 << 20, NONE).size();
    }

    @Test
    void theFirstCommitAndOneAfterARestWaitForNothing() {
        assertTrue(gathering.left(System.nanoTime()) <= 0);
        gathering.commits(0);
        assertEquals(Gathering.APART.toNanos() - 7, gathering.left(7));
        assertTrue(gathering.left(Gathering.APART.toNanos()) <= 0);
    }

    @Test
    void moreIsWaitedForWhileArrivalsAreEnough() {
        for (int i = 0; i < 16; i++) {
            turn(1);
        }
        assertEquals(2, gathering.enough());
        for (int i = 0; i < 200; i++) {
            turn(100);
        }
        assertEquals(100, gathering.enough(), "bounded by what one commit holds");
    }

    @Test
    void aSmallWindowIsLearnedAndOneSilenceIsChance() {
        for (int i = 0; i < 200; i++) {
            turn(100);
        }
        turn(20);
        turn(19);
        assertEquals(100, gathering.enough());
        turn(18);
        assertEquals(20, gathering.enough(), "the most of those that came before a silence");
        turn(20);
        assertEquals(20, gathering.enough());
    }

    @Test
    void silencesMustFollowEachOther() {
        for (int i = 0; i < 200; i++) {
            turn(100);
        }
        for (int i = 0; i < 5; i++) {
            turn(20);
            turn(20);
            turn(100);
        }
        assertEquals(100, gathering.enough());
    }

    @Test
    void aClosedInboxIsNotWaitedFor() {
        for (int i = 0; i < 200; i++) {
            turn(100);
        }
        gathering.commits(System.nanoTime() + Duration.ofHours(1).toNanos());
        arrive(1);
        inbox.close();
        inbox.gather(gathering, Duration.ofHours(1));
        assertEquals(1, inbox.drain(10, 10, NONE).size());
    }

    @Test
    void anInboxFullInBytesIsNotWaitedFor() {
        Inbox small = new Inbox(1000, 10);
        for (int i = 0; i < 200; i++) {
            turn(100);
        }
        gathering.commits(System.nanoTime() + Duration.ofHours(1).toNanos());
        assertTrue(small.offer(new Arrival(Entry.Tick::new, 10, () -> {})));
        small.gather(gathering, NONE);
        assertEquals(1, small.drain(10, 10, NONE).size());
    }
}
