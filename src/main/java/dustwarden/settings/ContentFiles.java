package dustwarden.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the files of one kind of content by id: those that ship, then those of a directory, which override. */
final class ContentFiles {
    private final String idKey;
    private final List<String> problems;
    private final Map<String, YamlFile> byId = new LinkedHashMap<>();

    /** @param idKey the key that names a file's id, for example {@code site} */
    ContentFiles(String idKey, List<String> problems) {
        this.idKey = idKey;
        this.problems = problems;
    }

    ContentFiles shipped(String folder) {
        Map<String, YamlFile> found = new LinkedHashMap<>();
        Shipped.yaml(folder).forEach(name -> put(found, Shipped.read(name)));
        byId.putAll(found);
        return this;
    }

    ContentFiles directory(Optional<Path> directory, String setting) {
        if (directory.isEmpty()) {
            return this;
        }
        Path place = directory.get();
        if (!Files.isDirectory(place)) {
            problems.add(setting + ": names " + place + ", which is not a directory");
            return this;
        }
        Map<String, YamlFile> found = new LinkedHashMap<>();
        try {
            for (Path file : Shipped.inDirectory(place)) {
                put(found, YamlFile.read(file));
            }
        } catch (IOException e) {
            problems.add(setting + ": cannot be listed: " + place);
        }
        byId.putAll(found);
        return this;
    }

    private void put(Map<String, YamlFile> found, YamlFile file) {
        if (!file.problems().isEmpty()) {
            problems.addAll(file.problems());
            return;
        }
        String id = file.json().path(idKey).asText("");
        if (id.isBlank()) {
            problems.add(file.at("$." + idKey + ": is required: the id that others name"));
            return;
        }
        YamlFile first = found.putIfAbsent(id, file);
        if (first != null) {
            problems.add(file.at("$." + idKey + ": is " + id + ", as in " + first.name()));
        }
    }

    Map<String, YamlFile> byId() {
        return byId;
    }
}
