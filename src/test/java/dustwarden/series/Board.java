package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One board file, with its queries filled in as Grafana fills them. */
record Board(String file, JsonNode json) {
    private static final Path DIRECTORY = Path.of("grafana", "boards");

    /** A query of a panel, a variable or an annotation. */
    record Query(String where, String source, String text, JsonNode panel) {}

    static List<Board> all() throws IOException {
        List<Board> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                found.add(new Board(file.getFileName().toString().replace(".json", ""), Json.parse(text)));
            }
        }
        return found;
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    List<JsonNode> panels() {
        return each(json.path("panels")).toList();
    }

    List<JsonNode> variables() {
        return each(json.at("/templating/list")).toList();
    }

    /** What panels ask of InfluxDB. */
    List<Query> panelQueries() {
        List<Query> found = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                if (target.at("/datasource/type").asText().equals("influxdb")) {
                    found.add(new Query(
                            file + " / " + panel.path("title").asText() + " / " + target.path("refId").asText(),
                            target.at("/datasource/uid").asText(), target.path("query").asText(), panel));
                }
            }
        }
        return found;
    }

    List<Query> variableQueries() {
        return variables().stream()
                .filter(v -> v.path("type").asText().equals("query"))
                .map(v -> new Query(file + " $" + v.path("name").asText(), v.at("/datasource/uid").asText(),
                        v.path("query").asText(), v))
                .toList();
    }

    List<Query> annotationQueries() {
        return each(json.at("/annotations/list"))
                .map(a -> new Query(file + " annotation", a.at("/datasource/uid").asText(), a.path("query").asText(), a))
                .toList();
    }

    List<Query> queries() {
        return Stream.of(panelQueries(), variableQueries(), annotationQueries()).flatMap(List::stream).toList();
    }

    /** The stretch that it opens with. */
    Duration stretch() {
        String from = json.at("/time/from").asText().replace("now-", "");
        return from.endsWith("d") ? Duration.ofDays(number(from)) : Duration.ofHours(number(from));
    }

    private static long number(String text) {
        return Long.parseLong(text.substring(0, text.length() - 1));
    }

    /**
     * Fills in the board's time and variables.
     *
     * @param values by name, as they are to stand in the text
     */
    String filled(String text, long to, Map<String, String> values) {
        long from = to - stretch().toMillis();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("__from", String.valueOf(from));
        all.put("__to", String.valueOf(to));
        all.put("__interval", "1m");
        all.put("timeFilter", "time >= " + from + "ms and time <= " + to + "ms");
        all.putAll(values);
        String filled = text;
        for (Map.Entry<String, String> each : all.entrySet()) {
            String value = java.util.regex.Matcher.quoteReplacement(each.getValue());
            filled = filled.replaceAll("\\$\\{" + each.getKey() + "}|\\$" + each.getKey() + "\\b", value);
        }
        return filled;
    }

    /** A value as it stands in a query: escaped for a regular expression, as Grafana does for InfluxQL. */
    static String escaped(String value) {
        return value.replaceAll("[\\\\^$*+?.()|\\[\\]{}/]", "\\\\$0");
    }

    /** What a variable is where it is All, else what stands in the file. */
    static Optional<String> preset(JsonNode variable) {
        if (variable.path("includeAll").asBoolean()) {
            return Optional.of(variable.path("allValue").asText());
        }
        JsonNode current = variable.at("/current/value");
        return current.isTextual() ? Optional.of(current.asText()) : Optional.empty();
    }

    @Override
    public String toString() {
        return file;
    }
}
