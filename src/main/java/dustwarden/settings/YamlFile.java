package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One YAML document read as JSON, with the line of every value; bounded in size, depth and aliases.
 *
 * <p>Only {@code true}, {@code false}, {@code null} and plain decimal numbers are more than text: {@code on}, {@code no},
 * {@code 22:00}, {@code 1e5}, {@code 0507} and dates stay what was written.
 *
 * @param name of the file, for reports
 * @param json the document; an empty one is an empty object
 * @param lines by path, for example {@code $.devices[3].every}
 * @param problems what is wrong with the file itself, complete sentences with their place
 */
public record YamlFile(String name, JsonNode json, Map<String, Integer> lines, List<String> problems) {
    /** A file of settings, a site or a rulebook is far smaller. */
    public static final int SIZE_BYTES_MAX = 4 * 1024 * 1024;

    private static final int NODES_MAX = 200_000;
    private static final int DEPTH_MAX = 40;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");

    public YamlFile {
        lines = Map.copyOf(lines);
        problems = List.copyOf(problems);
    }

    public static YamlFile read(Path file) {
        try {
            if (Files.size(file) > SIZE_BYTES_MAX) {
                return broken(file.toString(), "is larger than " + SIZE_BYTES_MAX + " bytes");
            }
            return read(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return broken(file.toString(), "does not exist");
        } catch (IOException e) {
            return broken(file.toString(), "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    public static YamlFile read(String name, byte[] bytes) {
        if (bytes.length > SIZE_BYTES_MAX) {
            return broken(name, "is larger than " + SIZE_BYTES_MAX + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return broken(name, "is not UTF-8: save it as UTF-8");
        }
        if (text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SIZE_BYTES_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(50);
        try {
            Node root = new Yaml(options).compose(new java.io.StringReader(text));
            return new Conversion(name).convert(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return broken(name + ":" + line, name, advice(e));
        } catch (YAMLException e) {
            String what = firstLine(String.valueOf(e.getMessage()));
            return broken(name, what.contains("aliases")
                    ? "uses aliases more often than a file of ours needs"
                    : "is not YAML: " + what);
        }
    }

    /** A problem found under a path of this file, with file and line. */
    public String at(String problem) {
        int colon = problem.indexOf(": ");
        String path = colon < 0 ? "$" : problem.substring(0, colon);
        String shown = path.equals("$") ? "" : path.replaceFirst("^\\$\\.?", "") + ": ";
        return name + line(path) + ": " + shown + problem.substring(colon < 0 ? 0 : colon + 2);
    }

    private String line(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Integer line = lines.get(at);
            if (line != null) {
                return ":" + line;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return "";
    }

    private static YamlFile broken(String name, String sentence) {
        return broken(name, name, sentence);
    }

    private static YamlFile broken(String place, String name, String sentence) {
        return new YamlFile(
                name, JsonNodeFactory.instance.objectNode(), Map.of(), List.of(place + ": " + sentence));
    }

    private static String advice(MarkedYAMLException e) {
        String what = firstLine(String.valueOf(e.getProblem()));
        if (what.contains("'\\t") || what.contains("TAB")) {
            return "a tab stands where YAML wants spaces";
        }
        if (what.contains("undefined alias")) {
            return "an alias (*) names nothing; put a text that starts with * in quotes";
        }
        return "is not YAML: " + what;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** One walk over a composed document. */
    private static final class Conversion {
        private final String name;
        private final Map<String, Integer> lines = new HashMap<>();
        private final List<String> problems = new ArrayList<>();
        private int nodes;

        Conversion(String name) {
            this.name = name;
        }

        YamlFile convert(Node root) {
            JsonNode json = root == null ? JsonNodeFactory.instance.objectNode() : json(root, "$", 0);
            return new YamlFile(name, json.isNull() ? JsonNodeFactory.instance.objectNode() : json, lines, problems);
        }

        private JsonNode json(Node node, String path, int depth) {
            lines.put(path, node.getStartMark().getLine() + 1);
            if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
                if (nodes <= NODES_MAX + 1) {
                    problem(node, path, "is too deep or too large; aliases count each time they are used");
                    nodes = NODES_MAX + 1;
                }
                return JsonNodeFactory.instance.nullNode();
            }
            if (node instanceof MappingNode mapping) {
                return mapping(mapping, path, depth);
            }
            if (node instanceof SequenceNode sequence) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                int i = 0;
                for (Node each : sequence.getValue()) {
                    array.add(json(each, path + "[" + i++ + "]", depth + 1));
                }
                return array;
            }
            return scalar((ScalarNode) node);
        }

        private ObjectNode mapping(MappingNode mapping, String path, int depth) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    problem(tuple.getKeyNode(), path, "a key must be a plain word");
                    continue;
                }
                String at = path + "." + key.getValue();
                if (object.has(key.getValue())) {
                    problem(key, at, "stands here twice; keep one of them");
                    continue;
                }
                object.set(key.getValue(), json(tuple.getValueNode(), at, depth + 1));
            }
            return object;
        }

        private static JsonNode scalar(ScalarNode node) {
            String text = node.getValue();
            if (!node.isPlain()) {
                return JsonNodeFactory.instance.textNode(text);
            }
            return switch (text) {
                case "", "~", "null", "Null", "NULL" -> JsonNodeFactory.instance.nullNode();
                case "true", "True", "TRUE" -> JsonNodeFactory.instance.booleanNode(true);
                case "false", "False", "FALSE" -> JsonNodeFactory.instance.booleanNode(false);
                default -> NUMBER.matcher(text).matches()
                        ? JsonNodeFactory.instance.numberNode(new BigDecimal(text))
                        : JsonNodeFactory.instance.textNode(text);
            };
        }

        private void problem(Node node, String path, String sentence) {
            String shown = path.equals("$") ? "" : path.substring(2) + ": ";
            problems.add(name + ":" + (node.getStartMark().getLine() + 1) + ": " + shown + sentence);
        }
    }
}
