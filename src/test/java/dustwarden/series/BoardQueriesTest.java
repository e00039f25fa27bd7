package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every board against a real InfluxDB that holds an hour of the demo, as Grafana would ask it. */
class BoardQueriesTest {
    private static final String SITE = "xx-hongqi-01";
    private static final String REGION = "410000/410700";

    @TempDir
    static Path directory;

    private static Optional<QueryServer> server = Optional.empty();
    private static String database = "dust";

    @BeforeAll
    static void fill() throws Exception {
        Optional<QueryServer.Given> given = QueryServer.Given.find();
        if (given.isEmpty()) {
            System.out.println("no real InfluxDB 2 is given (DUSTWARDEN_TEST_INFLUX_URL, _TOKEN and _ORG): "
                    + (QueryServer.debianIsThere()
                            ? "the boards' queries run on Debian's InfluxDB 1"
                            : "SKIPPED: nor is Debian's package influxdb there"));
        }
        try (DemoJournal journal = new DemoJournal(directory)) {
            if (given.isPresent()) {
                server = Optional.of(QueryServer.of(given.get()));
                database = "dustwarden-boards-" + System.nanoTime();
                InstantSource clock = InstantSource.fixed(DemoJournal.END);
                InfluxTarget target = given.get().target(database, false, List.of());
                try (InfluxView view = new InfluxView(directory, target, clock, Duration.ofSeconds(60))) {
                    assertEquals(0, new Filling(new RecentLog(journal.ledger()), view).run(at -> {}));
                    assertEquals(List.of(), view.refusals());
                }
            } else if (QueryServer.debianIsThere()) {
                server = Optional.of(QueryServer.debian(directory, database));
                version1(journal);
            }
        }
    }

    private static void version1(DemoJournal journal) throws Exception {
        InfluxLines maker = new InfluxLines(new NoFigures());
        BatchReader reader = new BatchReader(new RecentLog(journal.ledger()), (o, e) -> {}, o -> {});
        Cursor at = Cursor.START;
        for (Optional<LogBatch> b = reader.next(at, 2_000); b.isPresent(); b = reader.next(at, 2_000)) {
            List<String> lines = new ArrayList<>();
            maker.make(b.get(), line -> lines.add(line.text()));
            server.orElseThrow().write(database, lines);
            at = b.get().next();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    private static QueryServer server() {
        Assumptions.assumeTrue(server.isPresent(), "no InfluxDB of any kind");
        return server.orElseThrow();
    }

    private static JsonNode ask(Board board, String text, Map<String, String> values) throws Exception {
        return server().query(database, board.filled(text, DemoJournal.END.toEpochMilli(), values));
    }

    /** The values that a board opens with: All where it may be, else what the file says, else the demo's large site. */
    private static Map<String, String> opening(Board board) throws Exception {
        Map<String, String> values = new HashMap<>();
        for (JsonNode variable : board.variables()) {
            String name = variable.path("name").asText();
            values.put(name, Board.preset(variable).orElse(Board.escaped(SITE)));
        }
        return values;
    }

    @Test
    void everyVariableOffersValues() throws Exception {
        for (Board board : Board.all()) {
            Map<String, String> values = opening(board);
            for (Board.Query query : board.variableQueries()) {
                JsonNode answer = ask(board, query.text(), values);
                assertFalse(answer.at("/series/0/values").isEmpty(), query.where());
            }
        }
    }

    @Test
    void everyPanelsQueryAnswersWithTheColumnsThatItUses() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Board board : Board.all()) {
            Map<String, String> values = opening(board);
            List<Board.Query> queries = new ArrayList<>(board.panelQueries());
            queries.addAll(board.annotationQueries());
            for (Board.Query query : queries) {
                JsonNode answer = ask(board, query.text(), values);
                Set<String> columns = columns(answer);
                if (columns.isEmpty()) {
                    wrong.add(query.where() + " answers nothing");
                } else if (!columns.containsAll(used(query.panel()))) {
                    wrong.add(query.where() + " has " + columns + ", its panel uses " + used(query.panel()));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void oneRegionOrSiteChosenAnswersToo() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Board board : Board.all()) {
            Map<String, String> values = opening(board);
            for (Board.Query query : board.variableQueries()) {
                String name = query.panel().path("name").asText();
                if (!name.equals("region") && !name.equals("site")) {
                    continue;
                }
                List<String> offered = new ArrayList<>();
                ask(board, query.text(), values).at("/series/0/values").forEach(v -> offered.add(v.get(1).asText()));
                assertTrue(offered.contains(name.equals("region") ? REGION : SITE), query.where());
                values.put(name, Board.escaped(name.equals("region") ? REGION : SITE));
            }
            boolean any = false;
            for (Board.Query query : board.panelQueries()) {
                any |= !columns(ask(board, query.text(), values)).isEmpty();
            }
            if (!any && !board.panelQueries().isEmpty()) {
                wrong.add(board.file());
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static Set<String> columns(JsonNode answer) {
        Set<String> found = new HashSet<>();
        for (JsonNode series : answer.path("series")) {
            series.path("columns").forEach(c -> found.add(c.asText()));
            series.path("tags").fieldNames().forEachRemaining(found::add);
        }
        return found;
    }

    /** The columns that a panel's table, map or annotation names. */
    private static Set<String> used(JsonNode panel) {
        Set<String> found = new HashSet<>();
        String type = panel.path("type").asText();
        if (type.equals("table") || type.equals("geomap")) {
            for (JsonNode override : panel.at("/fieldConfig/overrides")) {
                String name = override.at("/matcher/options").asText();
                if (override.at("/matcher/id").asText().equals("byName") && !name.equals("Time") && !matrix(panel)) {
                    found.add(name);
                }
            }
            for (JsonNode transformation : panel.path("transformations")) {
                transformation.path("options").forEach(o -> {
                    if (o.isTextual()) {
                        found.add(o.asText());
                    }
                });
            }
        }
        for (JsonNode layer : panel.at("/options/layers")) {
            found.add(layer.at("/location/latitude").asText());
            found.add(layer.at("/location/longitude").asText());
            found.add(layer.at("/config/style/color/field").asText());
        }
        for (String column : List.of("textColumn", "tagsColumn", "titleColumn")) {
            if (panel.has(column)) {
                found.add(panel.get(column).asText());
            }
        }
        return found;
    }

    private static boolean matrix(JsonNode panel) {
        return Board.each(panel.path("transformations")).anyMatch(t -> t.path("id").asText().equals("groupingToMatrix"));
    }
}
