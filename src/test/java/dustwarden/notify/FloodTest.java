package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.Platform.Kind;
import dustwarden.series.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand alarms at the same time, by a clock that the test moves. */
class FloodTest {
    private static final int ALARMS = 5_000;
    private static final Optional<java.util.concurrent.Executor> HERE = Optional.of(Runnable::run);

    @TempDir
    Path directory;

    private static final class Moved implements InstantSource {
        long now = Instant.parse("2026-03-14T01:00:00Z").toEpochMilli();

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    private final Moved clock = new Moved();

    private static List<JsonNode> all(Notices notices) {
        List<JsonNode> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = notices.list(Optional.empty(), Optional.empty(), Optional.empty(), 1000, cursor);
            page.items().forEach(n -> found.add(Json.parse(n)));
            cursor = page.next();
        } while (cursor.isPresent());
        return found;
    }

    private static boolean pending(Notices notices) {
        return notices.counts().keySet().stream().anyMatch(k -> k.endsWith("/pending"));
    }

    private void run(Notices notices, long untilMs) {
        long end = clock.now + untilMs;
        while (clock.now < end) {
            notices.takeInAll();
            clock.now += notices.dispatch() ? 20 : 250;
        }
    }

    @Test
    void everyNoticeIsAccountedForWithinAMinuteAndNoQuotaIsBroken() {
        try (Flood flood = new Flood(directory, clock)) {
            flood.due(ALARMS);
            Notices notices = flood.notices(HERE);
            long began = clock.now;
            do {
                run(notices, 1_000);
                assertTrue(clock.now - began <= 60_000, () -> "still pending after a minute: " + notices.counts());
            } while (pending(notices));
            List<JsonNode> due = all(notices);
            assertEquals(3 * ALARMS, due.size());
            Set<String> ids = new HashSet<>();
            for (JsonNode one : due) {
                assertTrue(ids.add(one.path("id").asText()));
                assertTrue(Set.of("sent", "merged").contains(one.path("fate").asText()), one.toString());
                assertEquals(1, one.path("attempts").asInt(), one.toString());
            }
            Set<String> messages = new HashSet<>();
            due.forEach(d -> messages.add(d.path("channel").asText() + d.path("message").asText()));
            int taken = 0;
            for (Map.Entry<Kind, Platform> each : flood.platforms.entrySet()) {
                assertEquals(List.of(), each.getValue().refused(), each.getKey() + " was asked for more than it takes");
                taken += each.getValue().taken().size();
            }
            assertEquals(messages.size(), taken, "what arrived is what the ledger says");
            assertFalse(taken > 200, "messages used: " + taken);
            notices.close();
        }
    }

    @Test
    void aRestartForgetsNoneOfTheQuotaAndSendsNothingTwice() {
        try (Flood flood = new Flood(directory, clock)) {
            flood.due(1_000);
            // Killed and started again every three seconds: the count of the minute has to survive each time.
            for (int i = 0; i < 12; i++) {
                Notices notices = flood.notices(HERE);
                run(notices, 3_000);
                notices.close();
            }
            Notices notices = flood.notices(HERE);
            run(notices, 60_000);
            assertFalse(pending(notices));
            Set<String> messages = new HashSet<>();
            all(notices).forEach(d -> messages.add(d.path("channel").asText() + d.path("message").asText()));
            int taken = flood.platforms.values().stream().mapToInt(p -> p.taken().size()).sum();
            flood.platforms.values().forEach(p -> assertEquals(List.of(), p.refused()));
            assertEquals(messages.size(), taken);
            notices.close();
            Notices again = flood.notices(HERE);
            run(again, 5_000);
            assertEquals(taken, flood.platforms.values().stream().mapToInt(p -> p.taken().size()).sum());
            again.close();
        }
    }

    @Test
    void whatPressesDoesNotWaitBehindTheRest() {
        try (Flood flood = new Flood(directory, clock)) {
            flood.due(1_000);
            Notices notices = flood.notices(HERE);
            run(notices, 5_000);
            long urgentWaiting = all(notices).stream()
                    .filter(n -> n.path("fate").asText().equals("pending"))
                    .filter(n -> Integer.parseInt(n.path("alarm").asText(), 16) % 20 == 0)
                    .count();
            assertEquals(0, urgentWaiting);
            notices.close();
        }
    }
}
