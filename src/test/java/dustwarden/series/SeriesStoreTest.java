package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesStoreTest {
    private static final String SITE = PlayedJournal.SITE;
    private static final long HOUR = 3_600_000;

    @TempDir
    Path directory;

    private PlayedJournal journal;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static void catchUp(PlayedJournal journal, View view, int entriesMax) {
        ViewRunner runner = new ViewRunner(
                journal.log(), view, new ViewRunner.Pace(entriesMax, java.time.Duration.ZERO), batch -> {});
        while (runner.turn()) {
            assertTrue(runner.lag() >= 0);
        }
        assertEquals(0, runner.lag());
    }

    private SeriesStore caughtUp(int entriesMax) {
        SeriesStore store = SeriesStore.open(directory);
        catchUp(journal, store, entriesMax);
        return store;
    }

    /** Everything that can be asked, in one text. */
    private String answers(SeriesStore store) {
        SiteViews sites = new SiteViews(store, journal::content);
        AlarmViews alarms = new AlarmViews(store);
        List<String> all = new ArrayList<>();
        all.addAll(sites.list(Optional.empty(), site -> true, 10, Optional.empty()).items());
        all.add(sites.one(SITE).orElseThrow());
        all.add(sites.checklist(SITE).orElseThrow());
        all.addAll(sites.devices(SITE, 100, Optional.empty()).orElseThrow().items());
        all.addAll(sites.passages(SITE, Optional.empty(), 100, Optional.empty()).orElseThrow().items());
        all.addAll(sites.timeline(SITE, "washing", 0, Long.MAX_VALUE, 1000));
        Listed list = alarms.list(Optional.of(SITE), Optional.empty(), Optional.empty(), Optional.empty(), 100, Optional.empty());
        list.items().forEach(a -> all.add(alarms.one(Json.parse(a).path("id").asText()).orElseThrow()));
        for (OptionalLong period : List.of(OptionalLong.empty(), OptionalLong.of(HOUR), OptionalLong.of(60_000))) {
            all.add(points(store, Quantity.PM10, period, 1000, Optional.empty()).toString());
        }
        return String.join("\n", all);
    }

    private JsonNode points(
            SeriesStore store, Quantity quantity, OptionalLong period, int limit, Optional<String> cursor) {
        PointQuery query = new PointQuery(SITE, quantity, PlayedJournal.at("2026-03-14T00:00:00+08:00"),
                PlayedJournal.at("2026-03-15T00:00:00+08:00"), period, Optional.empty(), limit, cursor);
        return Json.parse(new SeriesPoints(store, journal::content).points(query).orElseThrow());
    }

    @Test
    void showsEveryAcceptedValueWithItsFlagAndNoRefusedOne() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(100)) {
            JsonNode points = points(store, Quantity.PM10, OptionalLong.empty(), 1000, Optional.empty()).path("points");
            assertEquals(75 + 75 + 4, points.size());
            assertEquals(
                    "{\"device\":\"dust-1\",\"t\":\"2026-03-14T09:00:00.000+08:00\",\"value\":100.0,\"flag\":\"N\"}",
                    points.get(0).toString());
            long flagged = 0;
            for (JsonNode point : points) {
                flagged += point.path("flag").asText().equals("D") ? 1 : 0;
            }
            assertEquals(4, flagged);
        }
    }

    @Test
    void pagesOverRawPointsWithoutLossOrRepetition() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(100)) {
            JsonNode whole = points(store, Quantity.PM10, OptionalLong.empty(), 1000, Optional.empty()).path("points");
            for (OptionalLong period : List.of(OptionalLong.empty(), OptionalLong.of(60_000), OptionalLong.of(HOUR))) {
                JsonNode all = points(store, Quantity.PM10, period, 1000, Optional.empty()).path("points");
                List<String> paged = new ArrayList<>();
                Optional<String> cursor = Optional.empty();
                do {
                    JsonNode page = points(store, Quantity.PM10, period, 7, cursor);
                    page.path("points").forEach(p -> paged.add(p.toString()));
                    cursor = Json.text(page, "next");
                } while (cursor.isPresent());
                List<String> once = new ArrayList<>();
                all.forEach(p -> once.add(p.toString()));
                assertEquals(once, paged);
            }
            assertTrue(whole.size() > 100);
        }
    }

    @Test
    void makesMeansOfAnyPeriodAndUsesTheDecidedOnesWhereThereAreSome() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(1000)) {
            JsonNode hours = points(store, Quantity.PM10, OptionalLong.of(HOUR), 1000, Optional.empty()).path("points");
            assertEquals(4, hours.size(), hours.toString());
            assertEquals("2026-03-14T09:00:00.000+08:00", hours.get(0).path("t").asText());
            assertEquals(129.5, hours.get(0).path("mean").asDouble());
            assertEquals(1.0, hours.get(0).path("capture").asDouble());
            JsonNode minutes = points(store, Quantity.PM10, OptionalLong.of(60_000), 1000, Optional.empty()).path("points");
            assertEquals(150, minutes.size());
            assertEquals(101.0, minutes.get(2).path("mean").asDouble());
            JsonNode day = points(store, Quantity.WIND_SPEED, OptionalLong.of(24 * HOUR), 1000, Optional.empty());
            assertEquals(2.0, day.path("points").get(0).path("mean").asDouble());
            assertEquals(75 / 1440.0, day.path("points").get(0).path("capture").asDouble(), 1e-12);
        }
    }

    @Test
    void givesTheBackgroundAndTheLimitsBesideMeans() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(1000)) {
            JsonNode answer = points(store, Quantity.PM10, OptionalLong.of(HOUR), 1000, Optional.empty());
            assertEquals("[{\"t\":\"2026-03-14T09:00:00.000+08:00\",\"period\":\"PT1H\",\"mean\":30.0}]",
                    answer.path("background").toString());
            assertTrue(answer.path("limits").isArray());
        }
    }

    @Test
    void listsNineItemsBeforeAndAfterTheFirstVerdict() {
        try (SeriesStore store = SeriesStore.open(directory)) {
            JsonNode before = Json.parse(new SiteViews(store, journal::content).checklist(SITE).orElseThrow());
            assertEquals(9, before.path("items").size());
            assertEquals("UNKNOWN", before.path("state").asText());
            journal.hour().commit();
            catchUp(journal, store, 64);
            JsonNode after = Json.parse(new SiteViews(store, journal::content).checklist(SITE).orElseThrow());
            assertEquals("VIOLATION", after.path("state").asText());
            JsonNode washing = after.path("items").get(2);
            assertEquals("washing", washing.path("item").asText());
            assertEquals("VIOLATION", washing.path("state").asText());
            assertEquals("2026-03-14T09:05:00.000+08:00", washing.path("since").asText());
            assertFalse(washing.path("rules").isEmpty());
            assertEquals(2, after.path("rulebooks").size());
        }
    }

    @Test
    void countsRejectionsAndTellsHowADeviceStands() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(1000)) {
            List<String> devices =
                    new SiteViews(store, journal::content).devices(SITE, 100, Optional.empty()).orElseThrow().items();
            JsonNode dust = Json.parse(devices.get(0));
            assertEquals("reporting", dust.path("state").asText());
            assertEquals("{\"not-json\":4,\"out-of-range\":4}", dust.path("rejections").toString());
            assertEquals("2026-03-14T10:14:00.000+08:00", dust.path("lastReport").asText());
            assertEquals("good", dust.path("clock").asText());
            assertEquals("silent", Json.parse(devices.get(2)).path("state").asText());
            assertTrue(Json.parse(devices.get(2)).path("camera").path("online").asBoolean());
        }
    }

    @Test
    void showsAnAlarmWithItsHistoryAndWhoAcknowledgedIt() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(1000)) {
            AlarmViews alarms = new AlarmViews(store);
            Listed washing = alarms.list(
                    Optional.of(SITE), Optional.of("open"), Optional.of("washing"), Optional.empty(), 10, Optional.empty());
            assertEquals(1, washing.items().size());
            String id = Json.parse(washing.items().get(0)).path("id").asText();
            journal.act("{\"act\":\"acknowledge\",\"alarm\":\"" + id + "\",\"person\":\"Li\",\"text\":\"seen\"}").commit();
            catchUp(journal, store, 1000);
            JsonNode alarm = Json.parse(alarms.one(id).orElseThrow());
            assertEquals("acknowledged", alarm.path("state").asText(), alarm.toString());
            assertEquals("Li", alarm.path("acknowledgedBy").asText());
            assertEquals(4, alarm.path("occurrences").asInt());
            assertEquals("gate-a", alarm.path("subject").asText());
            assertEquals("raised", alarm.path("history").get(0).path("transition").asText());
            assertFalse(alarm.has("type"));
        }
    }

    @Test
    void marksPassagesOfTheDayNewestFirst() {
        journal.hour().commit();
        try (SeriesStore store = caughtUp(1000)) {
            List<String> passages = new SiteViews(store, journal::content)
                    .passages(SITE, Optional.empty(), 100, Optional.empty())
                    .orElseThrow()
                    .items();
            assertEquals(7, passages.size());
            JsonNode newest = Json.parse(passages.get(0));
            assertEquals("p65", newest.path("id").asText());
            assertEquals("failed", newest.path("washing").asText());
            assertEquals("not-counted", newest.path("transport").asText());
            assertEquals("passed", Json.parse(passages.get(1)).path("washing").asText());
            assertEquals("passed", Json.parse(passages.get(1)).path("transport").asText());
        }
    }

    @Test
    void anyBatchSizeGivesTheSameAnswers() throws Exception {
        journal.hour().commit();
        String whole;
        try (SeriesStore store = caughtUp(100_000)) {
            whole = answers(store);
        }
        for (long seed = 0; seed < 3; seed++) {
            Files.delete(directory.resolve(SeriesStore.FILE));
            Random random = new Random(seed);
            try (SeriesStore store = SeriesStore.open(directory)) {
                while (new ViewRunner(journal.log(), store,
                        new ViewRunner.Pace(1 + random.nextInt(40), java.time.Duration.ZERO), b -> {}).turn()) {
                    assertTrue(store.cursor().entry() > 0);
                }
                assertEquals(whole, answers(store), "seed " + seed);
            }
        }
    }

    @Test
    void aCrashBetweenBatchesNeitherLosesNorDoubles() throws Exception {
        journal.hour().commit();
        String whole;
        try (SeriesStore store = caughtUp(1000)) {
            whole = answers(store);
        }
        Path at = Files.createDirectory(directory.resolve("run-0"));
        boolean more = true;
        for (int run = 1; more; run++) {
            Path next = Files.createDirectory(directory.resolve("run-" + run));
            try (SeriesStore store = SeriesStore.open(at)) {
                ViewRunner runner =
                        new ViewRunner(journal.log(), store, new ViewRunner.Pace(29, java.time.Duration.ZERO), b -> {});
                // The first batch is written whole; of the two that follow, readings and devices wait in memory.
                more = runner.turn();
                store.writeReadings(0);
                more &= runner.turn() && runner.turn();
                // What a killed process leaves: nothing is closed yet.
                for (String name : List.of(SeriesStore.FILE, SeriesStore.FILE + "-wal")) {
                    Files.copy(at.resolve(name), next.resolve(name));
                }
            }
            at = next;
        }
        try (SeriesStore store = SeriesStore.open(at)) {
            catchUp(journal, store, 1000);
            // A clock's class is told anew from five reports after each start; until then it is what was last saved.
            String clock = "\"clock\":\"\\w+\"";
            assertEquals(whole.replaceAll(clock, ""), answers(store).replaceAll(clock, ""));
        }
    }

    @Test
    void aReadingIsSeenWhetherItWaitsOrIsWritten() {
        journal.hour().commit();
        try (SeriesStore store = SeriesStore.open(directory)) {
            catchUp(journal, store, 50);
            String waiting = answers(store);
            store.writeReadings(0);
            assertEquals(waiting, answers(store));
            journal.reading("dust-1", 7).pass(60_000).reading("dust-1", 8).commit();
            catchUp(journal, store, 50);
            JsonNode points = points(store, Quantity.PM10, OptionalLong.empty(), 1000, Optional.empty()).path("points");
            assertEquals(156, points.size());
            assertEquals(8.0, points.get(155).path("value").asDouble());
            JsonNode means = points(store, Quantity.PM10, OptionalLong.of(60_000), 1000, Optional.empty()).path("points");
            assertEquals(152, means.size());
        }
    }

    @Test
    void whatTheCoreTookIsWhatIsDecodedAgain() {
        journal.hour();
        journal.send("dust-1", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":1}}")
                .send("dust-1", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":1}}")
                .send("dust-1", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":2}}")
                .send("dust-1", "status", "{\"state\":\"offline\"}")
                .send("nobody", "status", "{\"state\":\"online\"}")
                .act("{\"act\":\"comment\"}")
                .commit();
        BatchReader told = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
        BatchReader decodes = new BatchReader(new RecentLog(journal.ledger()), (o, e) -> {}, o -> {});
        LogBatch one = told.next(Cursor.START, 100_000).orElseThrow();
        LogBatch other = decodes.next(Cursor.START, 100_000).orElseThrow();
        long known = journal.log().entries(0, 100_000).stream().filter(k -> k.taken().isPresent()).count();
        assertEquals(one.steps().size() - 2, known, "all but the background and what nobody's device sent");
        assertEquals(other.steps().size(), one.steps().size());
        for (int i = 0; i < one.steps().size(); i++) {
            assertEquals(other.steps().get(i).taken(), one.steps().get(i).taken(), "entry " + i);
        }
    }

    @Test
    void aFileOfAnotherVersionIsMadeAnew() {
        journal.hour().commit();
        String before;
        try (SeriesStore store = caughtUp(1000)) {
            before = answers(store);
        }
        try (ViewDb db = ViewDb.open(directory.resolve(SeriesStore.FILE), ViewDb.Mode.WRITE)) {
            db.transaction(() -> db.update("PRAGMA user_version = 99"));
        }
        try (SeriesStore store = SeriesStore.open(directory)) {
            assertEquals(Cursor.START, store.cursor());
            catchUp(journal, store, 1000);
            assertEquals(before, answers(store));
        }
    }

    @Test
    void refusesACursorThatItNeverGave() {
        try (SeriesStore store = SeriesStore.open(directory)) {
            assertThrows(Listed.CursorRefused.class,
                    () -> points(store, Quantity.PM10, OptionalLong.empty(), 5, Optional.of("what")));
            assertThrows(Listed.CursorRefused.class, () -> new AlarmViews(store)
                    .list(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 5, Optional.of("what")));
        }
    }
}
