package dustwarden.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The files under {@code devices/} that travel with the program, from any working directory. */
public final class Shipped {
    /** A file that is always there and tells where the others are. */
    private static final String ANCHOR = "/devices/rulebooks/henan-seven.yaml";

    private Shipped() {}

    /** Names of the YAML files right under a folder such as {@code devices/rulebooks}, sorted. */
    public static List<String> yaml(String folder) {
        try {
            URL anchor = Objects.requireNonNull(Shipped.class.getResource(ANCHOR), ANCHOR + " is not packed");
            if (anchor.openConnection() instanceof JarURLConnection jar) {
                return jar.getJarFile().stream()
                        .map(java.util.zip.ZipEntry::getName)
                        .filter(name -> isYaml(name) && name.substring(0, name.lastIndexOf('/') + 1).equals(folder + "/"))
                        .sorted()
                        .toList();
            }
            Path root = Path.of(new URI(anchor.toString())).getParent().getParent().getParent();
            return inDirectory(root.resolve(folder)).stream().map(f -> folder + "/" + f.getFileName()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path has a place", e);
        }
    }

    /** Reads one of the files that ship. */
    public static YamlFile read(String name) {
        try (InputStream in = Objects.requireNonNull(Shipped.class.getResourceAsStream("/" + name), name)) {
            return YamlFile.read(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** YAML files right in a directory, sorted; none when there is no such directory. */
    static List<Path> inDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(f -> isYaml(f.getFileName().toString()) && Files.isRegularFile(f)).sorted().toList();
        }
    }

    private static boolean isYaml(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return !file.startsWith(".") && (file.endsWith(".yaml") || file.endsWith(".yml"));
    }
}
