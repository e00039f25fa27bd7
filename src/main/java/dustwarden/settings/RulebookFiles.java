package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.RulebookExtension;
import dustwarden.core.rule.RulebookReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rulebook files by themselves; they may extend each other and those that ship. */
public final class RulebookFiles {
    private RulebookFiles() {}

    /**
     * A rulebook with what it came from.
     *
     * @param written as its file has it
     * @param flat with all that it extends worked in
     */
    public record Flat(Rulebook book, JsonNode written, JsonNode flat) {}

    public static Checked<List<Rulebook>> read(List<Path> paths) {
        Checked<List<Flat>> flat = flat(paths);
        return Checked.of(flat.value().map(all -> all.stream().map(Flat::book).toList()), flat.problems(), List.of());
    }

    /** The same with their texts. */
    public static Checked<List<Flat>> flat(List<Path> paths) {
        List<String> problems = new ArrayList<>();
        Map<String, JsonNode> known = new LinkedHashMap<>();
        new ContentFiles("rulebook", problems)
                .shipped("devices/rulebooks")
                .byId()
                .forEach((id, file) -> known.put(id, file.json()));
        List<YamlFile> files = paths.stream().map(YamlFile::read).toList();
        for (YamlFile file : files) {
            problems.addAll(file.problems());
            known.put(file.json().path("rulebook").asText(file.name()), file.json());
        }
        List<Flat> books = new ArrayList<>();
        for (YamlFile file : files) {
            if (file.problems().isEmpty()) {
                Problems found = new Problems();
                Content content = Content.of("rulebook", file.name(), RulebookExtension.flatten(file.json(), known, found));
                RulebookReader.read(content.parsed(), content.sha256(), found)
                        .ifPresent(book -> books.add(new Flat(book, file.json(), content.parsed())));
                found.all().forEach(problem -> problems.add(file.at(problem)));
            }
        }
        return Checked.of(Optional.of(List.copyOf(books)), problems, List.of());
    }
}
