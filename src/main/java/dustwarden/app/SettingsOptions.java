package dustwarden.app;

import dustwarden.settings.Checked;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import dustwarden.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options {@code --config} and {@code --set} of every command that needs settings. */
public final class SettingsOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "settings as YAML")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "one setting, for example http.port=0; wins over environment and file")
    private List<String> sets = new ArrayList<>();

    /** What content can still be found and checked when the settings themselves are wrong. */
    public ContentSources contentsOfBadSettings() {
        return SettingsLoader.contentsOfBadSettings(Optional.ofNullable(config), System.getenv(), sets);
    }

    public Checked<Settings> load(Purpose purpose) {
        return SettingsLoader.load(purpose, Optional.ofNullable(config), System.getenv(), sets);
    }
}
