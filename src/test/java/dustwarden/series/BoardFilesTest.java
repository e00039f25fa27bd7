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

    @Test
    void unknownIsGreyAndNeverGreen() throws Exception {
        for (Board board : Board.all()) {
            for (JsonNode mappings : board.json().findValues("mappings")) {
                for (JsonNode mapping : mappings) {
                    mapping.findParents("color").forEach(o -> {
                        String text = o.path("text").asText();
                        if (text.equals("未知") || text.equals("Unknown")) {
                            assertEquals("#8e8e93", o.path("color").asText(), board.file());
                        }
                    });
                }
            }
        }
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
