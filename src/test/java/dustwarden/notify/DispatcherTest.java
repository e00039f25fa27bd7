package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.Channel.Answer;
import dustwarden.series.Json;
import dustwarden.series.PlayedJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from each answer of a channel. */
class DispatcherTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @TempDir
    Path directory;

    private final Moved clock = new Moved();
    private final Fake first = new Fake();
    private final Fake second = new Fake();
    private final Fake log = new Fake();
    private final List<String> journaled = new ArrayList<>();
    private boolean takes = true;
    private PlayedJournal journal;
    private NoticeStore store;
    private Dispatcher dispatcher;
    private long offset;

    private static final class Moved implements InstantSource {
        long now = Instant.parse("2026-03-14T01:00:00Z").toEpochMilli();

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    private static final class Fake implements Channel {
        final List<Parcel> sent = new ArrayList<>();
        Answer answer = new Answer.Taken("ok");

        @Override
        public Reply send(Parcel parcel) {
            sent.add(parcel);
            return new Reply(answer, "hash");
        }
    }

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
        use(Quota.of(18, OptionalInt.empty(), OptionalInt.empty()), Optional.of("second"));
    }

    private void use(Quota quota, Optional<String> fallback) {
        if (store != null) {
            store.close();
        }
        store = new NoticeStore(directory, 0);
        dispatcher = new Dispatcher(store, Map.of(
                "site-robot", new Way(first, quota, fallback, true),
                "second", new Way(second, Quota.NONE, Optional.empty(), false),
                "log", Way.of(log)), new Receivers(journal::content), ZONE, clock, act -> journaled.add(act) && takes);
    }

    @AfterEach
    void close() {
        store.close();
        journal.close();
    }

    private void due(String id, String priority) {
        String json = Parcels.ALARM.replace("\"high\"", "\"" + priority + "\"");
        Notice notice = new Notice(id, ++offset, clock.now, PlayedJournal.SITE, "alarm-" + id, "raised", "Li", "site-robot", json);
        store.add(List.of(new NoticeStore.New(notice, Fate.PENDING, "", clock.now, "")), Map.of(), 0);
    }

    /** Lets so much time pass, sending whatever may go. */
    private void pass(Duration time) {
        long end = clock.now + time.toMillis();
        while (clock.now <= end) {
            boolean any = false;
            dispatcher.report();
            for (Map.Entry<String, Fake> each : Map.of("site-robot", first, "second", second, "log", log).entrySet()) {
                Optional<Dispatcher.Job> job = dispatcher.next(each.getKey());
                if (job.isPresent()) {
                    any = true;
                    List<Notice> notices = job.get().rows().stream().map(NoticeStore.Row::notice).toList();
                    Parcel parcel = new Parcel(job.get().parcel(), notices, new NoticeText(Parcels.ZH, Parcels.EN), job.get().repeat());
                    dispatcher.settle(job.get(), each.getValue().send(parcel), 3);
                }
            }
            clock.now += any ? 1 : 500;
        }
    }

    private JsonNode one(String fate) {
        List<JsonNode> found = list(fate);
        assertEquals(1, found.size(), fate + " " + found);
        return found.get(0);
    }

    private List<JsonNode> list(String fate) {
        return store.list(new NoticeTables.Question(Optional.empty(), Optional.of(fate), Optional.empty(), 1000, Long.MAX_VALUE, s -> ZONE))
                .items().stream().map(Json::parse).toList();
    }

    @Test
    void aWrongSignatureFallsBackAtOnceAndIsItselfToldByTheOtherChannel() {
        first.answer = new Answer.Dead("200 {\"errcode\":310000}");
        due("0000000000000001", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals(1, first.sent.size());
        JsonNode fallen = one("fallen-back");
        assertTrue(fallen.path("answer").asText().contains("310000"), fallen.toString());
        assertTrue(fallen.path("answer").asText().contains("told by second"), fallen.toString());
        List<JsonNode> sent = list("sent");
        assertEquals(1, sent.size());
        assertTrue(sent.stream().anyMatch(n -> n.path("instead").asText().equals("0000000000000001")), sent.toString());
        assertEquals(List.of("site-robot false 200 {\"errcode\":310000}"), told());
        store.add(List.of(), Map.of("site-robot", true), 0);

        // While it is dead the next goes the other way without being tried; after a while the first is tried again.
        due("0000000000000002", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals(1, first.sent.size());
        first.answer = new Answer.Taken("ok");
        clock.now += 70_000;
        due("0000000000000003", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals(2, first.sent.size());
        assertEquals(List.of("site-robot false 200 {\"errcode\":310000}", "site-robot true "), told());
    }

    /** Channel, whether it works and the answer, of each act that was put into the journal. */
    private List<String> told() {
        return journaled.stream().map(Json::parse).map(a -> a.path("channel").asText() + " " + a.path("works").asBoolean() + " "
                + a.path("text").asText()).toList();
    }

    @Test
    void theJournalIsToldOfADeadChannelUntilItKnowsAndAlsoAfterACrash() {
        first.answer = new Answer.Dead("310000");
        takes = false;
        due("0000000000000001", "medium");
        pass(Duration.ofSeconds(3));
        assertTrue(journaled.size() >= 2, "a full inbox is asked again: " + journaled);
        takes = true;
        journaled.clear();
        pass(Duration.ofSeconds(20));
        assertEquals(1, journaled.size(), "what was taken is given time to be decided");
        // A kill between the journal's taking it and the decision's being read.
        use(Quota.of(18, OptionalInt.empty(), OptionalInt.empty()), Optional.of("second"));
        pass(Duration.ofSeconds(2));
        assertEquals(2, journaled.size());
        store.add(List.of(), Map.of("site-robot", true), 0);
        pass(Duration.ofMinutes(2));
        assertEquals(2, journaled.size(), "it knows");
        // The settings lose the channel while it stands dead.
        dispatcher = new Dispatcher(store, Map.of("log", Way.of(log)), new Receivers(journal::content), ZONE, clock, journaled::add);
        clock.now += 1_000;
        dispatcher.report();
        assertEquals("site-robot true the settings have it no more", told().get(2));
    }

    @Test
    void withNoOtherChannelAWrongSignatureFailsAndTheJournalHearsOfTheChannel() {
        use(Quota.of(18, OptionalInt.empty(), OptionalInt.empty()), Optional.empty());
        first.answer = new Answer.Dead("310000");
        due("0000000000000001", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals("310000", one("failed").path("answer").asText());
        assertEquals(List.of("site-robot false 310000"), told());
    }

    @Test
    void tenMinutesOfThrottlingSendTheSecondRobotAtOnce() {
        first.answer = new Answer.Throttled("130101", Duration.ofMinutes(10));
        due("0000000000000001", "medium");
        due("0000000000000002", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals(1, first.sent.size());
        assertEquals(2, list("fallen-back").size());
        assertEquals(2, second.sent.size());
        first.answer = new Answer.Taken("ok");
        // The pause outlasts a restart.
        use(Quota.of(18, OptionalInt.empty(), OptionalInt.empty()), Optional.of("second"));
        due("0000000000000003", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals(1, first.sent.size());
        clock.now += Duration.ofMinutes(10).toMillis();
        due("0000000000000004", "medium");
        pass(Duration.ofSeconds(2));
        assertEquals(2, first.sent.size());
    }

    @Test
    void aShortPauseIsWaitedForAndWhatGatheredGoesTogether() {
        use(Quota.of(2, OptionalInt.empty(), OptionalInt.empty()), Optional.empty());
        first.answer = new Answer.Throttled("45009", Duration.ofSeconds(65));
        due("0000000000000001", "medium");
        pass(Duration.ofSeconds(1));
        first.answer = new Answer.Taken("ok");
        for (int i = 2; i < 8; i++) {
            due("000000000000000" + i, "medium");
        }
        pass(Duration.ofSeconds(60));
        assertEquals(1, first.sent.size(), "nothing is tried before 65 s");
        pass(Duration.ofSeconds(60));
        assertTrue(list("pending").isEmpty());
        assertEquals(7, list("merged").size() + list("sent").size());
        assertTrue(first.sent.size() <= 3, "messages: " + first.sent.size());
    }

    @Test
    void troubleIsTriedThreeTimesThenTheOtherChannelTells() {
        first.answer = new Answer.NotNow("503");
        due("0000000000000001", "medium");
        pass(Duration.ofSeconds(30));
        assertEquals(3, first.sent.size());
        assertEquals(1, first.sent.stream().map(Parcel::id).distinct().count());
        assertEquals("503; told by second", one("fallen-back").path("answer").asText());
        assertEquals(3, one("fallen-back").path("attempts").asInt());
    }

    @Test
    void withNoOtherChannelTroubleIsTriedForHalfAnHourWithBoundedWaits() {
        use(Quota.of(18, OptionalInt.empty(), OptionalInt.empty()), Optional.empty());
        first.answer = new Answer.NotNow("503");
        due("0000000000000001", "medium");
        pass(Duration.ofMinutes(29));
        JsonNode pending = one("pending");
        assertTrue(pending.path("attempts").asInt() >= 25 && pending.path("attempts").asInt() <= 32, pending.toString());
        pass(Duration.ofMinutes(4));
        assertEquals("503", list("failed").get(0).path("answer").asText());
    }

    @Test
    void anAnswerThatWasNotHeardMakesTheNextAttemptARepeat() {
        first.answer = new Answer.NotNow("no answer within 5 s", true);
        due("0000000000000001", "medium");
        pass(Duration.ofMillis(100));
        first.answer = new Answer.Taken("ok");
        pass(Duration.ofSeconds(3));
        assertEquals(List.of(false, true), first.sent.stream().map(Parcel::repeat).toList());
        assertEquals(true, one("sent").path("repeat").asBoolean());
    }

    @Test
    void aUsedUpMonthFallsBackAndWhatPressesHasItsShare() {
        use(new Quota(OptionalInt.of(18), OptionalInt.empty(), 5, OptionalInt.of(20)), Optional.of("second"));
        for (int i = 10; i < 31; i++) {
            due("00000000000000" + i, "medium");
            pass(Duration.ofSeconds(20));
        }
        assertEquals(19, first.sent.size());
        assertEquals(2, list("fallen-back").size());
        due("0000000000000099", "high");
        pass(Duration.ofSeconds(30));
        assertEquals(20, first.sent.size());
    }

    @Test
    void severalReceiversOfOneAlarmOnOneRobotAreOneMessage() {
        String json = Parcels.ALARM;
        store.add(List.of(
                new NoticeStore.New(new Notice("0000000000000001", 9, clock.now, PlayedJournal.SITE, "a", "raised", "Li",
                        "site-robot", json), Fate.PENDING, "", clock.now, ""),
                new NoticeStore.New(new Notice("0000000000000002", 9, clock.now, PlayedJournal.SITE, "a", "raised", "Wang",
                        "site-robot", json), Fate.PENDING, "", clock.now, "")), Map.of(), 0);
        pass(Duration.ofSeconds(1));
        assertEquals(1, first.sent.size());
        assertEquals(2, list("sent").size());
    }

    @Test
    void whatIsPutOffWaitsUntilItsTimeAndIsNotLost() {
        Notice notice = new Notice("0000000000000001", 9, clock.now, PlayedJournal.SITE, "a", "raised", "Li", "site-robot", Parcels.ALARM);
        store.add(List.of(new NoticeStore.New(notice, Fate.DEFERRED, "", clock.now + 60_000, "")), Map.of(), 0);
        store.ripen(clock.now);
        pass(Duration.ofSeconds(30));
        assertEquals(1, list("deferred").size());
        clock.now += 40_000;
        store.ripen(clock.now);
        pass(Duration.ofSeconds(1));
        assertEquals(1, list("sent").size());
    }
}
