package dustwarden.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private Instant now = Instant.parse("2026-03-14T01:00:00Z");
    private final Attempts attempts = new Attempts(() -> now);

    private void fail(int times, String place, String account) {
        IntStream.range(0, times).forEach(i -> attempts.failed(place, account));
    }

    @Test
    void fourFailuresAreFreeTheFifthWaits() {
        fail(4, "p", "li");
        assertEquals(Optional.empty(), attempts.wait("p", "li"));
        fail(1, "p", "li");
        assertEquals(Optional.of(Duration.ofSeconds(2)), attempts.wait("p", "li"));
        assertEquals(Optional.empty(), attempts.wait("elsewhere", "li"), "a stranger cannot lock somebody out");
    }

    @Test
    void theWaitDoublesEndsAndIsBounded() {
        fail(6, "p", "li");
        assertEquals(Duration.ofSeconds(4), attempts.wait("p", "li").orElseThrow());
        now = now.plusSeconds(5);
        assertEquals(Optional.empty(), attempts.wait("p", "li"));
        fail(30, "p", "li");
        assertEquals(Duration.ofMinutes(5), attempts.wait("p", "li").orElseThrow());
        now = now.plus(Duration.ofMinutes(16));
        fail(1, "p", "li");
        assertEquals(Optional.empty(), attempts.wait("p", "li"), "after a quarter of an hour it counts anew");
    }

    @Test
    void aRightPasswordEndsTheCount() {
        fail(4, "p", "li");
        attempts.succeeded("p", "li");
        fail(4, "p", "li");
        assertEquals(Optional.empty(), attempts.wait("p", "li"));
    }

    @Test
    void aPlaceThatTriesManyAccountsWaitsShortly() {
        IntStream.range(0, 49).forEach(i -> attempts.failed("p", "a" + i));
        assertEquals(Optional.empty(), attempts.wait("p", "other"));
        IntStream.range(0, 20).forEach(i -> attempts.failed("p", "b" + i));
        assertEquals(Duration.ofSeconds(10), attempts.wait("p", "other").orElseThrow());
    }

    @Test
    void whatIsKeptIsBounded() {
        IntStream.range(0, 30_000).forEach(i -> attempts.failed("p" + i, "a"));
        assertTrue(attempts.size() <= 10_000);
    }
}
