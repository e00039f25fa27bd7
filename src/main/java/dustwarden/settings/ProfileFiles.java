package dustwarden.settings;

import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileReader;
import dustwarden.core.model.Fields.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads single device profiles, a person's own or those that ship. */
public final class ProfileFiles {
    private static final String SHIPPED = "devices/profiles";

    private ProfileFiles() {}

    /** The profile in a file; where there is no such file, the one of that name that ships. */
    public static Checked<Profile> read(String name) {
        Path file = Path.of(name);
        String packed = SHIPPED + "/" + file.getFileName();
        YamlFile yaml = !Files.exists(file) && Shipped.yaml(SHIPPED).contains(packed)
                ? Shipped.read(packed)
                : YamlFile.read(file);
        if (!yaml.problems().isEmpty()) {
            return Checked.of(Optional.empty(), yaml.problems(), List.of());
        }
        Problems found = new Problems();
        Content content = Content.of("profile", yaml.json().path("profile").asText(""), yaml.json());
        Optional<Profile> read = ProfileReader.read(content.parsed(), content.sha256(), found);
        return Checked.of(read, found.all().stream().map(yaml::at).toList(), List.of());
    }
}
