package dustwarden.simulate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a scenario and what it names are read from: beside the scenario file first, else from what ships in the jar.
 *
 * <p>Names in a scenario are relative to the scenario file, with {@code /} between parts.
 */
final class DeviceFiles {

    private static final Path SHIPPED = Path.of("/devices/scenarios");

    private final Optional<Path> directory;

    private DeviceFiles(Optional<Path> directory) {
        this.directory = directory;
    }

    static DeviceFiles shipped() {
        return new DeviceFiles(Optional.empty());
    }

    static DeviceFiles beside(Path scenario) {
        return new DeviceFiles(Optional.of(scenario.toAbsolutePath().getParent()));
    }

    byte[] bytes(String name) throws IOException {
        Optional<Path> beside = directory.map(one -> one.resolve(name).normalize()).filter(Files::isRegularFile);
        if (beside.isPresent()) {
            return Files.readAllBytes(beside.get());
        }
        String resource = SHIPPED.resolve(name).normalize().toString().replace('\\', '/');
        try (InputStream in = DeviceFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("'" + name + "' was not found "
                        + directory.map(one -> "in " + one + " or ").orElse("")
                        + "among the files that ship with this program");
            }
            return in.readAllBytes();
        }
    }

    List<String> lines(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }
}
