package dustwarden.app;

import dustwarden.core.model.CanonicalJson;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.Contents;
import dustwarden.settings.Forward;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks settings, register, profiles and rulebooks; reports every problem and starts nothing. */
@Command(
        name = "check",
        description = "Checks settings, registers, profiles and rulebooks; starts nothing.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Checked<Settings> settings = options.load(Purpose.CHECK);
        List<String> problems = new ArrayList<>(settings.problems());
        Checked<Contents> loaded = ContentLoader.load(
                settings.value().map(s -> s.contentSources(Purpose.CHECK)).orElseGet(options::contentsOfBadSettings),
                CanonicalJson::sha256);
        Checked<Contents> contents = settings.value().map(s -> Forward.checked(loaded, s)).orElse(loaded);
        contents.problems().stream().filter(p -> !problems.contains(p)).forEach(problems::add);
        settings.warnings().forEach(w -> err.println("warning: " + w));
        problems.forEach(err::println);
        if (!problems.isEmpty()) {
            err.println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
            return ExitCode.USAGE;
        }
        contents.value().ifPresent(c -> out.println("good: " + c.sites().size() + " sites, " + c.rulebooks().size()
                + " rulebooks, " + c.all().stream().filter(each -> each.kind().equals("profile")).count() + " profiles"));
        return ExitCode.OK;
    }
}
