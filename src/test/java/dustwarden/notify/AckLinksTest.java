package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.ContentReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AckLinksTest {
    private static final long NOW = 1_773_450_000_000L;
    private static final Notice NOTICE = Parcels.notice(Parcels.ALARM);

    @TempDir
    Path directory;

    private final AckLinks links = new AckLinks(Optional.of(URI.create("https://dust.example/")), new byte[] {1, 2, 3});

    private AckDesk desk(NoticeStore store, long now) {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(now));
        return new AckDesk(store, links, new NoticeWords(
                () -> new ContentReader(hash -> "").apply(List.of()), links, clock), clock);
    }

    private NoticeStore store() {
        NoticeStore store = new NoticeStore(directory, 0);
        store.add(List.of(new NoticeStore.New(NOTICE, Fate.SENT, "ok", NOW, "")), Map.of(), 0);
        return store;
    }

    @Test
    void aLinkIsGoodForADayAndOnce() {
        String url = links.url(NOTICE, NOW).orElseThrow();
        assertTrue(url.startsWith("https://dust.example/a/"), url);
        String token = url.substring(url.lastIndexOf('/') + 1);
        assertTrue(token.matches("[A-Za-z0-9_-]{38}"), token);
        try (NoticeStore store = store()) {
            AckDesk.Look.Good good = assertInstanceOf(AckDesk.Look.Good.class, desk(store, NOW).look(token));
            assertEquals("aabb", good.alarm());
            assertEquals("Li", good.receiver());
            assertInstanceOf(AckDesk.Look.Good.class, desk(store, NOW + 86_399_000).look(token));
            assertInstanceOf(AckDesk.Look.Expired.class, desk(store, NOW + 86_400_000).look(token));
            assertTrue(desk(store, NOW).take(good.notice()));
            assertFalse(desk(store, NOW).take(good.notice()), "of two taps one counts");
            assertInstanceOf(AckDesk.Look.Used.class, desk(store, NOW).look(token));
        }
        try (NoticeStore again = new NoticeStore(directory, 0)) {
            assertInstanceOf(AckDesk.Look.Used.class, desk(again, NOW).look(token), "also after a restart");
        }
    }

    @Test
    void anyChangedCharacterIsForged() {
        String token = links.token(NOTICE, NOW);
        try (NoticeStore store = store()) {
            for (int i = 0; i < token.length(); i++) {
                char other = token.charAt(i) == 'A' ? 'B' : 'A';
                String changed = token.substring(0, i) + other + token.substring(i + 1);
                assertInstanceOf(AckDesk.Look.Forged.class, desk(store, NOW).look(changed), changed);
            }
            for (String odd : List.of("", "x", token + "A", token + "=", token.substring(1), "../../etc/passwd", "é".repeat(38))) {
                assertInstanceOf(AckDesk.Look.Forged.class, desk(store, NOW).look(odd), odd);
            }
        }
    }

    @Test
    void aTokenOfAnotherKeyOrReceiverIsForged() {
        try (NoticeStore store = store()) {
            AckLinks others = new AckLinks(Optional.empty(), new byte[] {9});
            assertInstanceOf(AckDesk.Look.Forged.class, desk(store, NOW).look(others.token(NOTICE, NOW)));
            Notice wang = new Notice(NOTICE.id(), 5, NOW, "site-1", "aabb", "raised", "Wang", "robot", Parcels.ALARM);
            assertInstanceOf(AckDesk.Look.Forged.class, desk(store, NOW).look(links.token(wang, NOW)));
        }
    }

    @Test
    void withoutAPublicAddressOrAnythingToAcknowledgeThereIsNoLink() {
        assertEquals(Optional.empty(), new AckLinks(Optional.empty(), new byte[] {1}).url(NOTICE, NOW));
        Notice closed = Parcels.notice(Parcels.ALARM.replace("\"state\":\"raised\"", "\"state\":\"closed\""));
        assertEquals(Optional.empty(), links.url(closed, NOW));
    }

    private static Notice of(String id, String alarm, String receiver, String state) {
        return new Notice(id, 5, NOW, "site-1", alarm, "raised", receiver, "robot",
                Parcels.ALARM.replace("aabb", alarm).replace("\"state\":\"raised\"", "\"state\":\"" + state + "\""));
    }

    /** A message with four alarms for Li, of which one is over, and one for Wang. */
    private NoticeStore merged(String message) {
        NoticeStore store = new NoticeStore(directory, 0);
        List<Notice> all = List.of(of("0000000000000001", "a1", "Li", "raised"), of("0000000000000002", "a2", "Li", "returned"),
                of("0000000000000003", "a3", "Li", "raised"), of("0000000000000004", "a3", "Li", "closed"),
                of("0000000000000005", "a1", "Wang", "raised"));
        store.add(all.stream().map(n -> new NoticeStore.New(n, Fate.PENDING, "", NOW, "")).toList(), Map.of(), 0);
        store.begin("robot", message, store.after("robot", 0, 10), true, "2026-03", NOW);
        return store;
    }

    @Test
    void aMergedMessageHasALinkForEachReceiverThatOpensHisAlarms() {
        String message = "00000000000000ff";
        try (NoticeStore store = merged(message)) {
            Told told = new NoticeWords(() -> new ContentReader(hash -> "").apply(List.of()), links,
                    InstantSource.fixed(Instant.ofEpochMilli(NOW))).of(message, store.inMessage(message, 10)).en();
            assertEquals(List.of("See and acknowledge (Li)", "See and acknowledge (Wang)", "Open the console"),
                    told.links().stream().map(Told.Link::label).toList());
            String token = told.links().get(0).url().substring("https://dust.example/a/".length());
            AckDesk.Look.Many many = assertInstanceOf(AckDesk.Look.Many.class, desk(store, NOW).look(token));
            assertEquals("Li", many.receiver());
            assertEquals(List.of("a1", "a2"), many.items().stream().map(AckDesk.Item::alarm).toList());
            // Each works by itself and once, and no longer than the message's.
            AckDesk.Look.Good good = assertInstanceOf(AckDesk.Look.Good.class, desk(store, NOW).look(many.items().get(0).token()));
            assertTrue(desk(store, NOW).take(good.notice()));
            many = assertInstanceOf(AckDesk.Look.Many.class, desk(store, NOW + 1_000).look(token));
            assertEquals(List.of(true, false), many.items().stream().map(AckDesk.Item::used).toList());
            assertInstanceOf(AckDesk.Look.Expired.class, desk(store, NOW + 86_400_000).look(token));
            assertInstanceOf(AckDesk.Look.Expired.class, desk(store, NOW + 86_400_000).look(many.items().get(1).token()));
            for (int i = 0; i < token.length(); i++) {
                String changed = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
                assertInstanceOf(AckDesk.Look.Forged.class, desk(store, NOW).look(changed), changed);
            }
        }
    }

    @Test
    void aTokenOfAMessageIsNoneOfANoticeAndOfNobodyElse() {
        try (NoticeStore store = merged("00000000000000ff")) {
            // Somebody who has a notice of the message, and one who has none.
            String wang = links.url("00000000000000ff", "Wang", NOW).orElseThrow();
            String his = wang.substring(wang.lastIndexOf('/') + 1);
            AckDesk.Look.Many look = assertInstanceOf(AckDesk.Look.Many.class, desk(store, NOW).look(his));
            assertEquals(List.of("a1"), look.items().stream().map(AckDesk.Item::alarm).toList());
            for (String url : List.of(links.url("00000000000000ff", "Zhao", NOW).orElseThrow(),
                    links.url("0000000000000001", "Li", NOW).orElseThrow())) {
                assertInstanceOf(AckDesk.Look.Forged.class, desk(store, NOW).look(url.substring(url.lastIndexOf('/') + 1)));
            }
        }
    }
}
