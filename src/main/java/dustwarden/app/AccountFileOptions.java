package dustwarden.app;

import dustwarden.console.AccountFile;
import dustwarden.settings.Checked;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the accounts are: {@code --data}, or the {@code data} of the settings. */
final class AccountFileOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "数据目录 / the data directory")
    private Path data;

    @Mixin
    private SettingsOptions settings;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    AccountFile file() {
        Path directory = Optional.ofNullable(data).orElseGet(this::ofSettings);
        if (!Files.isDirectory(directory)) {
            throw wrong("there is no data directory " + directory + "; serve makes it at its first start");
        }
        return new AccountFile(directory);
    }

    private Path ofSettings() {
        Checked<Settings> checked = settings.load(Purpose.DEMO);
        if (!checked.problems().isEmpty()) {
            throw wrong(String.join("\n", checked.problems().stream().map(String::valueOf).toList()));
        }
        return checked.value().flatMap(Settings::data)
                .orElseThrow(() -> wrong("wants --data DIR, or settings that name it: --config FILE"));
    }

    ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
