package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Json;
import dustwarden.series.PlayedJournal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesTest {
    @TempDir
    Path directory;

    private PlayedJournal journal;
    private final MovedClock clock = new MovedClock();
    private final FakeChannel robot = new FakeChannel();
    private final FakeChannel log = new FakeChannel();
    private final List<String> acts = new CopyOnWriteArrayList<>();

    private static final class MovedClock implements InstantSource {
        volatile long now;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    /** Answers as it is told to, and remembers. */
    private static final class FakeChannel implements Channel {
        final List<Parcel> sent = new CopyOnWriteArrayList<>();
        final List<NoticeText> texts = new CopyOnWriteArrayList<>();
        volatile Answer answer = new Answer.Taken("ok");

        @Override
        public Reply send(Parcel parcel) {
            sent.add(parcel);
            texts.add(parcel.text());
            return new Reply(answer, "hash");
        }
    }

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
        clock.now = journal.now();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Notices notices(Path at) {
        return new Notices(at, journal.log(), setup());
    }

    private Notices.Setup setup() {
        AckLinks links = new AckLinks(Optional.of(URI.create("https://dust.example")), new byte[32]);
        return new Notices.Setup(
                Map.of("site-robot", Way.of(robot), "log", Way.of(log)), journal::content,
                new NoticeWords(journal::content, links, clock), clock, ZoneId.of("Asia/Shanghai"), acts::add, false);
    }

    private static void await(BooleanSupplier condition) {
        await(condition, () -> "");
    }

    private static void await(BooleanSupplier condition, Supplier<String> more) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not within 60 s " + more.get());
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static List<JsonNode> all(Notices notices, Optional<String> fate) {
        List<JsonNode> found = new ArrayList<>();
        notices.list(Optional.empty(), fate, Optional.empty(), 1000, Optional.empty()).items().forEach(n -> found.add(Json.parse(n)));
        return found;
    }

    @Test
    void sendsEachNoticeOnceAndKeepsItsFate() {
        Notices notices = notices(directory);
        notices.start();
        journal.commit().pass(60_000).unwashed("p1").commit();
        clock.now = journal.now();
        notices.wake();
        await(() -> all(notices, Optional.of("sent")).size() >= 2 && notices.lag() == 0);
        List<JsonNode> due = all(notices, Optional.empty());
        assertEquals(due.size(), robot.sent.size() + log.sent.size());
        JsonNode one = due.get(0);
        assertEquals(1, one.path("attempts").asInt());
        assertEquals("raised", one.path("transition").asText());
        assertTrue(notices.counts().containsKey("site-robot/sent"));
        notices.close();

        Notices again = notices(directory);
        again.start();
        await(() -> again.lag() == 0 && all(again, Optional.of("pending")).isEmpty());
        again.close();
        assertEquals(1, robot.sent.size());
        assertEquals(1, log.sent.size());
    }

    @Test
    void writesWhatHappenedWhereAndWhatToDoInBothLanguages() {
        Notices notices = notices(directory);
        journal.commit().pass(60_000).unwashed("p1").commit();
        clock.now = journal.now();
        notices.start();
        await(() -> robot.texts.size() == 1);
        notices.close();
        String zh = robot.texts.get(0).zh().plain(4_096);
        String en = robot.texts.get(0).en().plain(4_096);
        assertTrue(zh.startsWith("【告警】一号工地 · 出入车辆冲洗 · gate-a\n依据：") || zh.startsWith("【告警·紧急】一号工地"), zh);
        assertTrue(en.contains("Site 1 · Vehicle washing · gate-a\nClause: "), en);
        assertTrue(zh.contains("情况：") && zh.contains("豫G12345") && zh.contains("09:01"), zh);
        assertTrue(zh.contains("时间：09:01 起"), zh);
        assertTrue(zh.contains("恢复条件：连续 10 次合格驶出"), zh);
        assertTrue(en.contains("Clears when: 10 good exits in a row"), en);
        assertTrue(zh.contains("现在要做：请封闭绕行通道"), zh);
        assertTrue(en.contains("Next: "), en);
        assertTrue(en.contains("\nAcknowledge: https://dust.example/a/"), en);
        assertFalse(zh.contains("{") || zh.contains("[") || zh.contains("T09:01"), zh);
    }

    @Test
    void triesAgainWhenTheOtherSideIsDownAndGivesUpWhenItRefuses() {
        robot.answer = new Channel.Answer.NotNow("503");
        log.answer = new Channel.Answer.Never("400");
        Notices notices = notices(directory);
        journal.commit().pass(60_000).unwashed("p1").commit();
        clock.now = journal.now();
        notices.start();
        await(() -> robot.sent.size() == 1 && all(notices, Optional.of("failed")).size() == 1);
        assertEquals("400", all(notices, Optional.of("failed")).get(0).path("answer").asText());
        await(() -> all(notices, Optional.of("pending")).get(0).path("answer").asText().equals("503"));
        robot.answer = new Channel.Answer.Taken("200");
        clock.now += 1_000;
        notices.wake();
        await(() -> all(notices, Optional.of("sent")).size() == 1);
        assertEquals(2, all(notices, Optional.of("sent")).get(0).path("attempts").asInt());
        assertEquals(robot.sent.get(0).id(), robot.sent.get(1).id());
        notices.close();
    }

    @Test
    void whatWasUnderWayAtACrashGoesOutOnceMoreAsARepeat() throws Exception {
        journal.commit().pass(60_000).unwashed("p1").commit();
        clock.now = journal.now();
        Path crashed = Files.createDirectory(directory.resolve("crashed"));
        try (NoticeStore store = new NoticeStore(directory, 0)) {
            Notices reader = new Notices(Files.createDirectory(directory.resolve("other")), journal.log(), setup());
            assertTrue(reader.takeIn());
            reader.close();
            Notice notice = new Notice("0011223344556677", 7, journal.now(), PlayedJournal.SITE, "a", "raised", "Li", "site-robot",
                    Parcels.ALARM);
            store.add(List.of(new NoticeStore.New(notice, Fate.PENDING, "", journal.now(), "")),
                    Map.of(), journal.ledger().position().nextDecision());
            Map<String, Way> ways = setup().ways();
            Dispatcher dispatcher = new Dispatcher(
                    store, ways, new Receivers(journal::content), ZoneId.of("Asia/Shanghai"), clock, acts::add);
            assertEquals("0011223344556677", dispatcher.next("site-robot").orElseThrow().parcel());
            for (String end : List.of("", "-wal")) {
                Files.copy(directory.resolve(NoticeStore.FILE + end), crashed.resolve(NoticeStore.FILE + end));
            }
        }
        Notices notices = notices(crashed);
        notices.start();
        await(() -> robot.sent.size() == 1);
        assertEquals("0011223344556677", robot.sent.get(0).id());
        assertTrue(robot.sent.get(0).repeat());
        notices.close();
    }

    @Test
    void anOldJournalTellsNobodyAboutHistory() {
        journal.commit().pass(60_000).unwashed("p1").commit();
        clock.now = journal.now() + Duration.ofHours(3).toMillis();
        Notices notices = notices(directory);
        notices.start();
        await(() -> notices.lag() == 0 && log.sent.size() == 1);
        assertTrue(robot.sent.isEmpty());
        assertEquals(1, all(notices, Optional.of("failed")).size());
        notices.close();
    }

    @Test
    void aNoticeThatNobodySawBeforeALongStandstillIsStillSent() {
        Notices empty = notices(directory);
        empty.close();
        journal.commit().pass(60_000).unwashed("p1").commit();
        clock.now = journal.now() + Duration.ofHours(3).toMillis();
        Notices notices = notices(directory);
        notices.start();
        await(() -> robot.sent.size() == 1);
        assertFalse(robot.sent.get(0).repeat());
        notices.close();
    }

    @Test
    void everyNoticeHasAnIdOfItsOwnAndPagesGoOn() {
        Notices notices = notices(directory);
        journal.hour().commit();
        clock.now = journal.now();
        notices.start();
        await(() -> notices.lag() == 0 && all(notices, Optional.of("pending")).isEmpty(),
                () -> notices.lag() + " " + all(notices, Optional.empty()));
        List<JsonNode> due = all(notices, Optional.empty());
        HashSet<String> ids = new HashSet<>();
        due.forEach(n -> ids.add(n.path("id").asText()));
        assertEquals(due.size(), ids.size());
        List<String> paged = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = notices.list(Optional.empty(), Optional.empty(), Optional.empty(), 3, cursor);
            page.items().forEach(n -> paged.add(Json.parse(n).path("id").asText()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertEquals(due.stream().map(n -> n.path("id").asText()).toList(), paged);
        assertNotEquals(0, paged.size());
        notices.close();
    }
}
