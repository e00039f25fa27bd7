package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Spelling;
import dustwarden.settings.SettingsKey.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** File, environment and command line laid over each other as one JSON tree that knows where each value came from. */
final class SettingsTree {
    private static final String PREFIX = "DUSTWARDEN_";
    private static final String FILE_SUFFIX = "_FILE";
    private static final long SECRET_BYTES_MAX = 64 * 1024;

    final ObjectNode json = JsonNodeFactory.instance.objectNode();
    final List<String> problems = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    private final Map<String, String> origins = new HashMap<>();
    private Optional<YamlFile> file = Optional.empty();

    /** Lays a file down; its keys may be nested or dotted, its paths are meant from its own directory. */
    void lay(Path config) {
        YamlFile read = YamlFile.read(config);
        file = Optional.of(read);
        problems.addAll(read.problems());
        if (!read.json().isObject()) {
            problems.add(read.name() + ": wants a mapping of keys to values");
            return;
        }
        Path directory = Optional.ofNullable(config.toAbsolutePath().getParent()).orElseThrow();
        leaves(read.json(), "", (name, value) -> set(name, fromFile(name, value, directory), Optional.empty()));
    }

    /** Lays the environment over what is there. */
    void lay(Map<String, String> environment) {
        Map<String, SettingsKey> byVariable = new LinkedHashMap<>();
        SettingsKey.FIXED.forEach(key -> byVariable.put(key.variable(), key));
        json.path("notify").path("channels").fieldNames().forEachRemaining(
                channel -> SettingsKey.ofChannel(channel).forEach(key -> byVariable.put(key.variable(), key)));
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith(PREFIX) || value.isEmpty()) {
                return;
            }
            SettingsKey key = byVariable.get(variable);
            if (key != null) {
                set(key.name(), typed(key, value), Optional.of(variable));
                return;
            }
            boolean named = variable.endsWith(FILE_SUFFIX);
            SettingsKey secret = named
                    ? byVariable.get(variable.substring(0, variable.length() - FILE_SUFFIX.length()))
                    : null;
            if (secret != null && secret.type() == Type.SECRET) {
                secretFile(secret, variable, Path.of(value), environment);
            } else {
                unknown(variable, byVariable);
            }
        });
    }

    /** Lays {@code key=value} pairs of the command line over what is there. */
    void lay(List<String> sets) {
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals <= 0) {
                problems.add("--set: wants key=value");
                continue;
            }
            String name = set.substring(0, equals).strip();
            Optional<SettingsKey> key = SettingsKey.of(name);
            if (key.isEmpty()) {
                problems.add("--set " + name + ": is not a key known here; "
                        + Spelling.advice(name, SettingsKey.FIXED.stream().map(SettingsKey::name).toList()));
                continue;
            }
            set(name, typed(key.get(), set.substring(equals + 1)), Optional.of("--set " + name));
        }
    }

    /** A problem of the tree with the place where its value was given. */
    String at(String problem) {
        String path = problem.substring(0, problem.indexOf(": "));
        for (String at = path; at.contains("."); at = at.substring(0, at.lastIndexOf('.'))) {
            String origin = origins.get(at.replaceFirst("\\[.*", ""));
            if (origin != null) {
                return origin + problem.substring(problem.indexOf(": "));
            }
        }
        return file.map(f -> f.at(problem)).orElseGet(() -> problem.substring(2));
    }

    private void unknown(String variable, Map<String, SettingsKey> known) {
        Optional<String> near = Spelling.nearest(variable, known.keySet());
        near.ifPresentOrElse(
                n -> problems.add(variable + ": is no variable known here; did you mean " + n + "?"),
                () -> warnings.add(variable + ": is no variable known here and changes nothing"));
    }

    private void secretFile(SettingsKey key, String variable, Path path, Map<String, String> environment) {
        if (!environment.getOrDefault(key.variable(), "").isEmpty()) {
            problems.add(variable + ": is set beside " + key.variable() + "; keep one of them");
            return;
        }
        try {
            if (Files.size(path) > SECRET_BYTES_MAX) {
                problems.add(variable + ": names a file larger than " + SECRET_BYTES_MAX + " bytes: " + path);
                return;
            }
            String text = Files.readString(path, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                problems.add(variable + ": names an empty file: " + path);
                return;
            }
            set(key.name(), typed(key, text), Optional.of(variable));
        } catch (IOException e) {
            problems.add(variable + ": names a file that cannot be read: " + path);
        }
    }

    private static JsonNode typed(SettingsKey key, String value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (key.type()) {
            case NUMBER -> value.matches("[0-9]{1,9}")
                    ? make.numberNode(Integer.parseInt(value))
                    : value.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?") ? make.numberNode(Double.parseDouble(value)) : make.textNode(value);
            case PATH -> make.textNode(Path.of(value).toAbsolutePath().normalize().toString());
            case LIST -> {
                var list = make.arrayNode();
                List.of(value.split(",")).forEach(each -> list.add(each.strip()));
                yield list;
            }
            case FLAG -> value.equals("true") || value.equals("false")
                    ? make.booleanNode(value.equals("true"))
                    : make.textNode(value);
            case TEXT, SECRET -> make.textNode(value);
        };
    }

    private static JsonNode fromFile(String name, JsonNode value, Path directory) {
        boolean path = SettingsKey.of(name).filter(k -> k.type() == Type.PATH).isPresent();
        return path && value.isTextual() && !value.textValue().isBlank() && value.textValue().indexOf('\0') < 0
                ? JsonNodeFactory.instance.textNode(directory.resolve(value.textValue()).normalize().toString())
                : value;
    }

    private void leaves(JsonNode node, String prefix, java.util.function.BiConsumer<String, JsonNode> sink) {
        node.fields().forEachRemaining(entry -> {
            String name = prefix + entry.getKey();
            if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
                leaves(entry.getValue(), name + ".", sink);
            } else {
                sink.accept(name, entry.getValue());
            }
        });
    }

    private void set(String name, JsonNode value, Optional<String> origin) {
        String[] parts = name.split("\\.");
        ObjectNode at = json;
        for (int i = 0; i < parts.length - 1; i++) {
            at = at.get(parts[i]) instanceof ObjectNode inner ? inner : at.putObject(parts[i]);
        }
        JsonNode before = at.get(parts[parts.length - 1]);
        if (before != null && origin.isEmpty()) {
            problems.add(file.map(f -> f.at("$." + name + ": stands here twice; keep one of them")).orElse(name));
        }
        at.set(parts[parts.length - 1], value);
        origin.ifPresent(o -> origins.put("$." + name, o));
    }
}
