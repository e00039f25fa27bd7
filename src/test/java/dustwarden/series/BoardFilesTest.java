package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Schema.Measurement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The board files as Grafana provisions them: fixed names, nothing to import, nothing that only one language has. */
class BoardFilesTest {
    /** Panels that are there from Grafana 9 on, of those that a board may use. */
    private static final Set<String> PANELS =
            Set.of("stat", "table", "timeseries", "bargauge", "barchart", "state-timeline", "geomap", "text");
    private static final Set<String> TRANSFORMATIONS = Set.of("organize", "groupingToMatrix");
    private static final Set<String> KEYS = Set.of("city", "site", "alarms", "devices", "self");
    private static final int COLUMNS = 24;
    private static final String GREY = "#8e8e93";
    private static final String GREEN = "#2e9e5b";
    private static final Pattern METRIC = Pattern.compile("dustwarden_[a-z_]+");

    @Test
    void everyBoardIsThereInBothLanguagesWithAFixedUid() throws Exception {
        Set<String> files = Board.all().stream().map(Board::file).collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = new TreeSet<>();
        KEYS.forEach(key -> wanted.addAll(List.of(key, key + "-en")));
        assertEquals(wanted, files);
        for (Board board : Board.all()) {
            assertEquals("dustwarden-" + board.file(), board.json().path("uid").asText());
            assertTrue(board.json().path("id").isNull(), board.file());
        }
    }

    @Test
    void nothingHasToBeImportedOrFilledIn() throws Exception {
        for (Board board : Board.all()) {
            String text = board.json().toString();
            assertFalse(text.contains("${DS_") || text.contains("__inputs") || text.contains("__requires"), board.file());
        }
    }

    @Test
    void everySourceIsProvisionedUnderItsUid() throws Exception {
        String provisioned = Files.readString(Path.of("grafana/provisioning/datasources/dustwarden.yaml"), StandardCharsets.UTF_8);
        for (Board board : Board.all()) {
            for (JsonNode node : board.json().findParents("uid")) {
                if (node.has("type") && node.size() == 2) {
                    String uid = node.path("uid").asText();
                    assertTrue(provisioned.contains("uid: " + uid + "\n"), board.file() + ": " + uid);
                }
            }
        }
    }

    @Test
    void panelsAreOfKnownKindsHaveTheirOwnIdsAndLieBesideOneAnother() throws Exception {
        for (Board board : Board.all()) {
            Set<Integer> ids = new HashSet<>();
            Set<String> cells = new HashSet<>();
            for (JsonNode panel : board.panels()) {
                String where = board.file() + " " + panel.path("title").asText();
                assertTrue(PANELS.contains(panel.path("type").asText()), where);
                assertTrue(ids.add(panel.path("id").asInt()), where);
                panel.path("transformations").forEach(t -> assertTrue(TRANSFORMATIONS.contains(t.path("id").asText()), where));
                JsonNode at = panel.path("gridPos");
                assertTrue(at.path("x").asInt() + at.path("w").asInt() <= COLUMNS && at.path("w").asInt() >= 3, where);
                for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
                    for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
                        assertTrue(cells.add(x + "," + y), where + " lies over another");
                    }
                }
            }
        }
    }

    @Test
    void bothLanguagesAreTheSameBoard() throws Exception {
        Map<String, Board> boards = new HashMap<>();
        Board.all().forEach(b -> boards.put(b.file(), b));
        for (String key : KEYS) {
            List<String> differences = new ArrayList<>();
            compare(key, boards.get(key).json(), boards.get(key + "-en").json(), differences);
            assertEquals(List.of(), differences);
            String english = boards.get(key + "-en").json().toString();
            assertFalse(english.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN), key);
        }
    }

    /** The same keys, numbers and settings; only what a person reads may differ, and the field that holds a name. */
    private static void compare(String where, JsonNode zh, JsonNode en, List<String> differences) {
        if (zh.isContainerNode()) {
            if (zh.size() != en.size() || zh.isObject() != en.isObject()) {
                differences.add(where);
                return;
            }
            List<String> names = new ArrayList<>();
            zh.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(where + "/" + name, zh.get(name), en.path(name), differences);
            }
            for (int i = 0; zh.isArray() && i < zh.size(); i++) {
                compare(where + "/" + i, zh.get(i), en.path(i), differences);
            }
        } else if (!zh.equals(en) && !(zh.isTextual() && en.isTextual() && read(where, zh.asText(), en.asText()))) {
            differences.add(where + ": " + zh + " " + en);
        }
    }

    private static boolean read(String where, String zh, String en) {
        boolean foreign = zh.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return foreign
                || zh.equals(en.replace("\"nameEn\"", "\"name\""))
                || (en.replace("-en", "").equals(zh) && (where.endsWith("/uid") || where.endsWith("/url")))
                || zh.endsWith("-zh") && en.endsWith("-en");
    }

    @Test
    void everyNameIsOfTheSchemaAndEveryQueryIsInfluxQl() throws Exception {
        int count = 0;
        for (Board board : Board.all()) {
            Map<String, String> values = new HashMap<>();
            board.variables().forEach(v -> values.put(v.path("name").asText(), Board.preset(v).orElse("a-b")));
            for (Board.Query query : board.queries()) {
                Measurement read = InfluxQl.read(board.filled(query.text(), 1_700_000_000_000L, values));
                String part = read.part().name().toLowerCase(java.util.Locale.ROOT);
                assertEquals("dustwarden-" + part, query.source(), query.where() + " reads " + read);
                count++;
            }
        }
        assertTrue(count > 100, count + " queries");
    }

    @Test
    void aWrongNameOrQueryIsFound() {
        assertEquals(Measurement.REGION, InfluxQl.read("SELECT last(\"share\") FROM \"region\" WHERE \"item\" = ''"));
        for (String wrong : List.of(
                "SELECT last(\"shares\") FROM \"region\"", "SELECT \"share\" FROM \"regions\"", "SELECT \"share\" FROM \"region\" WHERE",
                "SELECT sum(\"x\") FROM (SELECT \"share\" AS \"y\" FROM \"region\")",
                "SELECT \"share\" FROM \"region\" GROUP BY \"site\"")) {
            assertThrows(IllegalArgumentException.class, () -> InfluxQl.read(wrong), wrong);
        }
    }

    @Test
    void aRegularExpressionStandsWhereAllIsPossible() throws Exception {
        for (Board board : Board.all()) {
            for (JsonNode variable : board.variables()) {
                String name = variable.path("name").asText();
                Pattern bare = Pattern.compile("= '\\$\\{?" + name + "\\b");
                for (Board.Query query : board.queries()) {
                    assertFalse(variable.path("includeAll").asBoolean() && bare.matcher(query.text()).find(), query.where());
                }
            }
        }
    }

    /** A hatch cannot be drawn, so a hatched sign stands in the text, on one grey. */
    @Test
    void unknownIsHatchedGreyOnEveryBoard() throws Exception {
        int count = 0;
        for (Board board : Board.all()) {
            for (JsonNode mappings : lists(board, "mappings")) {
                boolean green = mappings.toString().contains(GREEN);
                for (JsonNode mapping : mappings) {
                    for (JsonNode result : results(mapping)) {
                        String text = result.path("text").asText();
                        if (text.contains("未知") || text.contains("Unknown")) {
                            assertEquals(board.file().endsWith("-en") ? "▨ Unknown" : "▨ 未知", text, board.file());
                            assertEquals(GREY, result.path("color").asText(), board.file());
                            count++;
                        }
                    }
                }
                assertTrue(!green || nullIsUnknown(mappings), board.file() + " says nothing of null: " + mappings);
            }
        }
        assertTrue(count >= 30, count + " mappings");
    }

    /** Grafana 9 takes every text for no number, so that a match of those hides what tables say. */
    @Test
    void noMappingMatchesWhatIsNoNumber() throws Exception {
        for (Board board : Board.all()) {
            for (JsonNode match : board.json().findValues("match")) {
                assertFalse(match.asText().contains("nan"), board.file());
            }
        }
    }

    private static boolean nullIsUnknown(JsonNode mappings) {
        return Board.each(mappings).anyMatch(m -> m.at("/options/match").asText().equals("null")
                && m.at("/options/result/color").asText().equals(GREY)
                && m.at("/options/result/text").asText().startsWith("▨"));
    }

    private static List<JsonNode> results(JsonNode mapping) {
        JsonNode options = mapping.path("options");
        return mapping.path("type").asText().equals("special") ? List.of(options.path("result")) : Board.each(options).toList();
    }

    /** The first step of a threshold is also the colour of no value at all. */
    @Test
    void noValueIsNeverShownAsGoodOrBad() throws Exception {
        for (Board board : Board.all()) {
            for (JsonNode steps : lists(board, "steps")) {
                if (!steps.isEmpty()) {
                    assertTrue(steps.get(0).path("value").isNull(), board.file());
                    assertTrue(Set.of(GREY, "#3274d9").contains(steps.get(0).path("color").asText()), board.file() + " " + steps);
                }
            }
        }
    }

    /** What devices say counts for a time only: a chart of their states must not hold on to the last word. */
    @Test
    void aStatesChartOfReportsFillsSilenceWithUnknown() throws Exception {
        for (Board board : Board.all()) {
            for (JsonNode panel : board.panels()) {
                for (JsonNode target : panel.path("targets")) {
                    String query = target.path("query").asText();
                    if (panel.path("type").asText().equals("state-timeline") && !query.contains("FROM \"item\"")) {
                        assertTrue(query.endsWith("fill(2)"), board.file() + ": " + query);
                        assertTrue(panel.at("/fieldConfig/defaults/mappings/0/options/2/text").asText().startsWith("▨"), board.file());
                    }
                }
            }
        }
    }

    /** Every list of that name, those of overrides too, where it is the value of a property. */
    private static List<JsonNode> lists(Board board, String name) {
        List<JsonNode> found = new ArrayList<>(board.json().findValues(name).stream().filter(JsonNode::isArray).toList());
        for (JsonNode property : board.json().findParents("id")) {
            if (property.path("id").asText().equals(name)) {
                found.add(property.path("value"));
            }
        }
        return found;
    }

    @Test
    void everyLinkLeadsToABoardThatIsThere() throws Exception {
        Set<String> uids = Board.all().stream().map(b -> b.json().path("uid").asText()).collect(Collectors.toSet());
        Pattern link = Pattern.compile("/d/([a-z-]+)");
        Set<String> found = new HashSet<>();
        for (Board board : Board.all()) {
            Matcher matcher = link.matcher(board.json().toString());
            while (matcher.find()) {
                assertTrue(uids.contains(matcher.group(1)), board.file() + " " + matcher.group(1));
                found.add(board.file() + " " + matcher.group(1));
            }
        }
        assertTrue(found.contains("city dustwarden-site") && found.contains("city-en dustwarden-site-en"), found::toString);
    }

    @Test
    void everyMetricOfTheBoardIsOneThatTheProgramHas() throws Exception {
        String metrics = Files.readString(Path.of("src/main/java/dustwarden/app/node/Metrics.java"), StandardCharsets.UTF_8);
        for (Board board : Board.all()) {
            for (JsonNode panel : board.panels()) {
                for (JsonNode target : panel.path("targets")) {
                    Matcher name = METRIC.matcher(target.path("expr").asText());
                    while (name.find()) {
                        String told = Optional.of(name.group()).map(n -> n.replaceAll("_total$", "").replace('_', '.')).orElseThrow();
                        assertTrue(metrics.contains("\"" + told + "\""), board.file() + ": " + name.group());
                    }
                }
            }
        }
    }
}
