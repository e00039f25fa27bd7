package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.ContentReader;
import dustwarden.series.ViewDb;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notice speaks its receiver's language, also where the channel speaks another and where several are told in one message. */
class ReceiversLanguageTest {
    private static final long NOW = 1_773_450_000_000L;
    private static final String ROBOT = "zh";

    @TempDir
    Path directory;

    private final AckLinks links = new AckLinks(Optional.of(URI.create("https://dust.example")), new byte[] {1, 2, 3});
    private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
    private final NoticeWords words = new NoticeWords(() -> new ContentReader(hash -> "").apply(List.of()), links, clock);

    private static Notice to(String receiver, Optional<String> language, int alarm) {
        String id = "%016x".formatted(alarm * 31 + receiver.hashCode() & 0xffff);
        String json = Parcels.ALARM.replace("aabb", "a-" + alarm).replace("gate-a", "gate-" + alarm);
        return new Notice(id, 5, NOW, "site-1", "a-" + alarm, "raised", receiver, language, "robot", json);
    }

    private Parcel parcel(List<Notice> notices) {
        return new Parcel("00112233445566aa", notices, words.of("00112233445566aa", notices), false);
    }

    @Test
    void whoSaysNothingReadsWhatTheChannelSpeaks() {
        assertTrue(parcel(List.of(to("Li", Optional.empty(), 1))).told(ROBOT).title().startsWith("【告警"));
        assertTrue(parcel(List.of(to("Li", Optional.empty(), 1))).told("en").title().startsWith("[Alarm"));
    }

    @Test
    void aReceiversOwnLanguageGoesBeforeTheChannels() {
        Told told = parcel(List.of(to("Smith", Optional.of("en"), 1))).told(ROBOT);
        assertTrue(told.title().startsWith("[Alarm"), told.title());
        assertFalse(String.join("", told.lines()).contains("情况"));
        assertEquals("Acknowledge", told.links().get(0).label());
    }

    @Test
    void severalWhoDoNotReadTheSameAreToldInBothWithinTheBytes() {
        Told told = parcel(List.of(to("Li", Optional.empty(), 1), to("Smith", Optional.of("en"), 1))).told(ROBOT);
        assertTrue(told.title().startsWith("【告警") && told.title().contains(" / [Alarm"), told.title());
        String text = told.plain(2_048);
        assertTrue(text.contains("现在要做：") && text.contains("Do now: "), text);
        assertEquals(2, told.links().size());
        assertTrue(Told.bytes(told.plain(700)) <= 700);
        assertTrue(told.plain(700).endsWith(told.links().get(1).url()));
    }

    @Test
    void aMergedMessageSpeaksBothInEachLine() {
        List<Notice> notices = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            notices.add(to(i % 2 == 0 ? "Li" : "Smith", i % 2 == 0 ? Optional.empty() : Optional.of("en"), i));
        }
        Told told = parcel(notices).told(ROBOT);
        assertEquals(1, told.lines().size(), told.lines().toString());
        assertEquals("· 出入车辆冲洗告警 40 / Vehicle washing alarm 40", told.lines().get(0));
        String text = told.plain(WeComChannel.TEXT_BYTES_MAX);
        assertTrue(Told.bytes(text) <= WeComChannel.TEXT_BYTES_MAX);
        told.links().forEach(l -> assertTrue(text.contains(l.url())));
    }

    @Test
    void theLanguageIsKeptWithTheNoticeAlsoInAFileThatWasMadeWithoutIt() {
        try (ViewDb db = ViewDb.open(directory.resolve(NoticeStore.FILE), ViewDb.Mode.SURE)) {
            db.transaction(() -> {
                NoticeTables.make(db, 0);
                db.update("DROP INDEX due_by_parcel");
                db.update("ALTER TABLE due DROP COLUMN language");
            });
        }
        try (NoticeStore store = new NoticeStore(directory, 0)) {
            store.add(List.of(new NoticeStore.New(to("Smith", Optional.of("en"), 1), Fate.PENDING, "", NOW, ""),
                    new NoticeStore.New(to("Li", Optional.empty(), 1), Fate.PENDING, "", NOW, "")), Map.of(), 2);
        }
        try (NoticeStore store = new NoticeStore(directory, 0)) {
            assertEquals(List.of(Optional.of("en"), Optional.empty()),
                    store.after("robot", 0, 10).stream().map(r -> r.notice().language()).toList());
            assertTrue(store.list(new NoticeTables.Question(Optional.empty(), Optional.empty(), Optional.empty(), 10, Long.MAX_VALUE,
                    s -> ContentReader.ZONE)).items().stream().anyMatch(n -> n.contains("\"language\":\"en\"")));
        }
    }
}
