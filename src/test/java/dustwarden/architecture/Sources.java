package dustwarden.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's own source files as lines of text. */
final class Sources {
    static final Path MAIN = Path.of("src/main/java");
    static final Path TEST = Path.of("src/test/java");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?([\\w.*]+);");

    /** One file: where it stands, its package below {@code dustwarden}, its lines. */
    record Source(Path path, String room, List<String> lines) {
        /** Names that the file imports, with the number of the line from 1. */
        Stream<Import> imports() {
            return Stream.iterate(0, i -> i < lines.size(), i -> i + 1).flatMap(i -> {
                var matcher = IMPORT.matcher(lines.get(i));
                return matcher.lookingAt() ? Stream.of(new Import(matcher.group(1), i + 1)) : Stream.empty();
            });
        }

        String simpleName() {
            return path.getFileName().toString().replace(".java", "");
        }
    }

    /** An imported name and its line, from 1. */
    record Import(String name, int line) {
        /** The package below {@code dustwarden} that the name is in, if it is ours: what stands before the type. */
        Optional<String> room() {
            if (!name.startsWith("dustwarden.")) {
                return Optional.empty();
            }
            StringBuilder room = new StringBuilder();
            for (String part : name.substring("dustwarden.".length()).split("\\.")) {
                if (!Character.isLowerCase(part.charAt(0))) {
                    break;
                }
                room.append(room.isEmpty() ? "" : ".").append(part);
            }
            return Optional.of(room.toString());
        }
    }

    private Sources() {}

    static List<Source> under(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().map(f -> read(root, f)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(Path root, Path file) {
        Path folder = root.resolve("dustwarden").relativize(file.getParent());
        return new Source(file, folder.toString().replace('/', '.'), text(file).lines().toList());
    }
}
