package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class HttpArrivalsTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void answersAfterTheEntryIsOnDisk() throws Exception {
        TestJournal journal = new TestJournal();
        HttpArrivals arrivals = new HttpArrivals(journal.inbox, Duration.ofSeconds(20));
        CompletableFuture<Entry.Message> answer = arrivals.accept("site-a", "dust-1", "reading", BODY);
        journal.take();
        assertFalse(answer.isDone());
        journal.acknowledge();
        Entry.Message entry = answer.get(20, TimeUnit.SECONDS);
        assertEquals(journal.messages().get(0), entry);
        assertEquals("dust/v1/site-a/dust-1/reading", entry.topic());
        assertEquals(Entry.Source.HTTP, entry.source());
        assertFalse(entry.retained());
    }

    @Test
    void keepsOfATooLargeBodyItsLengthAndHash() {
        TestJournal journal = new TestJournal();
        HttpArrivals arrivals = new HttpArrivals(journal.inbox, Duration.ofSeconds(20));
        arrivals.accept("site-a", "dust-1", "reading", new byte[Kept.PAYLOAD_BYTES_MAX]);
        arrivals.accept("site-a", "dust-1", "reading", new byte[Kept.PAYLOAD_BYTES_MAX + 1]);
        journal.take();
        assertTrue(journal.messages().get(0).oversize().isEmpty());
        assertEquals(65_537, journal.messages().get(1).oversize().orElseThrow().length());
        assertEquals(1024, journal.messages().get(1).payload().length);
    }

    @Test
    void saysThatTheInboxIsFullOrTheJournalStands() {
        HttpArrivals arrivals = new HttpArrivals(new Inbox(1, 1000), Duration.ofMillis(20));
        CompletableFuture<Entry.Message> first = arrivals.accept("site-a", "dust-1", "reading", BODY);
        CompletableFuture<Entry.Message> second = arrivals.accept("site-a", "dust-1", "reading", BODY);
        assertInstanceOf(
                HttpArrivals.InboxFull.class,
                assertThrows(ExecutionException.class, second::get).getCause());
        assertInstanceOf(
                TimeoutException.class,
                assertThrows(ExecutionException.class, first::get).getCause());
    }
}
