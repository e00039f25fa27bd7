package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Content;
import dustwarden.core.model.Quantity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that begins late answers with an InfluxDB's help as one that has all. */
class InfluxArchiveTest {
    private static final String SITE = "xx-hongqi-01";
    private static final long END = DemoJournal.END.toEpochMilli();
    private static final long BEGIN = END - 28 * 3_600_000L;
    /** In the middle of the last hour: what is before it is not in the late store. */
    private static final long CUT = END - 30 * 60_000L;

    @TempDir
    static Path directory;

    private static Optional<QueryServer> server = Optional.empty();
    private static String database = "dust";
    private static SeriesStore whole;
    private static SeriesStore late;
    private static Content content;

    @BeforeAll
    static void fill() throws Exception {
        Optional<QueryServer.Given> given = QueryServer.Given.find();
        if (given.isEmpty() && !QueryServer.debianIsThere()) {
            System.out.println("SKIPPED: no InfluxDB of any kind");
        }
        try (DemoJournal journal = new DemoJournal(directory)) {
            RecentLog log = new RecentLog(journal.ledger());
            whole = store(log, "whole");
            store(log, "late").close();
            Path file = directory.resolve("late").resolve("series.db");
            try (ViewDb db = ViewDb.open(file, ViewDb.Mode.WRITE)) {
                db.transaction(() -> {
                    db.update("DELETE FROM reading WHERE ts < ?", CUT);
                    db.update("DELETE FROM mean WHERE start < ?", CUT);
                    db.update("DELETE FROM background WHERE start < ?", CUT);
                });
            }
            late = SeriesStore.open(directory.resolve("late"));
            BatchReader reader = new BatchReader(log, (o, e) -> {}, o -> {});
            LogBatch first = reader.next(Cursor.START, 1_000_000).orElseThrow();
            content = first.steps().get(first.steps().size() - 1).content();
            if (given.isPresent()) {
                server = Optional.of(QueryServer.of(given.get()));
                database = "dustwarden-archive-" + System.nanoTime();
                InfluxTarget target = given.get().target(database, false, List.of());
                try (InfluxView view = new InfluxView(
                        directory, target, InstantSource.fixed(DemoJournal.END), Duration.ofSeconds(60))) {
                    new Filling(log, view).run(at -> {});
                }
            } else if (QueryServer.debianIsThere()) {
                server = Optional.of(QueryServer.debian(directory, database));
                List<String> lines = new ArrayList<>();
                new InfluxLines(new NoFigures()).make(first, line -> lines.add(line.text()));
                for (int at = 0; at < lines.size(); at += 5_000) {
                    server.get().write(database, lines.subList(at, Math.min(lines.size(), at + 5_000)));
                }
            }
        }
    }

    private static SeriesStore store(RecentLog log, String name) throws Exception {
        SeriesStore store = SeriesStore.open(Files.createDirectories(directory.resolve(name)));
        new Filling(log, store).run(at -> {});
        store.writeReadings(0);
        return store;
    }

    @AfterAll
    static void stop() throws Exception {
        whole.close();
        late.close();
        if (server.isPresent()) {
            server.get().close();
        }
    }

    private static InfluxArchive archive() {
        Assumptions.assumeTrue(server.isPresent(), "no InfluxDB of any kind");
        return InfluxArchive.open(server.orElseThrow().target(database));
    }

    /** All pages of a question as one. */
    private static List<JsonNode> points(SeriesPoints from, Quantity quantity, Optional<Duration> period, int limit) {
        List<JsonNode> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonNode page = Json.parse(from.points(new PointQuery(SITE, quantity, BEGIN, END,
                    period.map(p -> OptionalLong.of(p.toMillis())).orElse(OptionalLong.empty()), Optional.empty(), limit, cursor))
                    .orElseThrow());
            assertFalse(page.has("incomplete"), page::toString);
            page.path("points").forEach(p -> {
                // What was not normal is in the embedded store only.
                if (p.path("flag").asText("N").equals("N")) {
                    all.add(p);
                }
            });
            cursor = Json.text(page, "next");
        } while (cursor.isPresent());
        return all;
    }

    @Test
    void answersAsAStoreThatHasAll() {
        try (InfluxArchive archive = archive()) {
            SeriesPoints full = new SeriesPoints(whole, () -> content);
            SeriesPoints helped = new SeriesPoints(late, () -> content, Optional.of(archive));
            SeriesPoints alone = new SeriesPoints(late, () -> content);
            for (Quantity quantity : List.of(Quantity.PM10, Quantity.TSP, Quantity.NOISE, Quantity.WIND_DIRECTION)) {
                for (Optional<Duration> period : List.of(Optional.<Duration>empty(), Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofMinutes(15)), Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofDays(1)))) {
                    String what = quantity + " " + period;
                    List<JsonNode> wanted = points(full, quantity, period, 1_000);
                    assertFalse(wanted.isEmpty(), what);
                    assertEquals(wanted, points(helped, quantity, period, 1_000), what);
                    assertEquals(wanted, points(helped, quantity, period, 7), what + " in pages");
                    assertNotEquals(wanted, points(alone, quantity, period, 1_000), what);
                }
            }
        }
    }

    @Test
    void knowsTheBackgroundOfBefore() {
        try (InfluxArchive archive = archive()) {
            PointQuery query = new PointQuery(
                    SITE, Quantity.PM10, BEGIN, END, OptionalLong.of(3_600_000), Optional.empty(), 1_000, Optional.empty());
            JsonNode wanted = Json.parse(new SeriesPoints(whole, () -> content).points(query).orElseThrow());
            JsonNode helped = Json.parse(
                    new SeriesPoints(late, () -> content, Optional.of(archive)).points(query).orElseThrow());
            assertFalse(wanted.path("background").isEmpty());
            assertEquals(wanted.path("background"), helped.path("background"));
        }
    }

    @Test
    void aServerThatIsAwayLeavesWhatTheStoreHasAndSaysSo() {
        InfluxTarget nobody = new InfluxTarget(URI.create("http://127.0.0.1:1"), "o", "dust", "secret-token");
        PointQuery query = new PointQuery(
                SITE, Quantity.PM10, BEGIN, END, OptionalLong.empty(), Optional.empty(), 1_000, Optional.empty());
        ObjectNode alone = Json.parseObject(new SeriesPoints(late, () -> content).points(query).orElseThrow());
        try (InfluxArchive archive = InfluxArchive.open(nobody)) {
            SeriesPoints asked = new SeriesPoints(late, () -> content, Optional.of(archive));
            for (int i = 0; i < 2; i++) {
                ObjectNode answer = Json.parseObject(asked.points(query).orElseThrow());
                assertTrue(answer.path("incomplete").asText().contains("InfluxDB"), answer::toString);
                assertFalse(answer.toString().contains("secret-token"));
                answer.remove("incomplete");
                assertEquals(alone, answer);
            }
        }
    }

    @Test
    void isNotAskedForWhatTheStoreHas() {
        InfluxTarget nobody = new InfluxTarget(URI.create("http://127.0.0.1:1"), "o", "dust", "t");
        try (InfluxArchive archive = InfluxArchive.open(nobody)) {
            PointQuery query = new PointQuery(
                    SITE, Quantity.PM10, END - 60_000, END, OptionalLong.empty(), Optional.empty(), 1_000, Optional.empty());
            JsonNode answer = Json.parse(
                    new SeriesPoints(whole, () -> content, Optional.of(archive)).points(query).orElseThrow());
            assertFalse(answer.has("incomplete"), answer::toString);
            assertFalse(answer.path("points").isEmpty());
        }
    }
}
