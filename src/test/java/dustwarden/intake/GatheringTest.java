package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final Duration NONE = Duration.ZERO;

    private final Gathering gathering = new Gathering(100);
    private final Inbox inbox = new Inbox(1000, 1 << 20);

    @BeforeEach
    void aCoreThatIsFast() {
        gathering.stepped(64, 1);
    }

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

    @Test
    void aBatchIsNoLargerThanWhatTheCoreSoonHasTaken() {
        Gathering large = new Gathering(4096);
        assertEquals(64, large.batch());
        large.stepped(64, Duration.ofMillis(1).toNanos());
        assertEquals(128, large.batch(), "at most twice as many as before");
        large.stepped(10, Duration.ofSeconds(1).toNanos());
        assertEquals(128, large.batch(), "few tell little");
        large.stepped(128, Gathering.STEPPED_MOST.toNanos());
        assertEquals(128, large.batch());
        large.stepped(128, 2 * Gathering.STEPPED_MOST.toNanos());
        assertEquals(64, large.batch());
        large.stepped(64, Duration.ofSeconds(1).toNanos());
        assertEquals(64, large.batch(), "never below what a commit is worth");
        for (int i = 0; i < 10; i++) {
            large.stepped(large.batch(), Duration.ofMillis(1).toNanos());
        }
        assertEquals(4096, large.batch());
    }
}
