package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.rule.Rulebook;
import dustwarden.settings.Checked;
import dustwarden.settings.RulebookFiles;
import dustwarden.settings.YamlFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the cases that rulebooks bring and says of each in one line whether it holds. */
@Command(
        name = "test",
        description = {"运行规则集自带的算例。", "Run a rulebook's own cases."},
        mixinStandardHelpOptions = true)
final class RulebookTestCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "规则集文件 / rulebooks as YAML; they may extend each other")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Checked<List<Rulebook>> books = RulebookFiles.read(files);
        books.problems().forEach(err::println);
        if (books.value().isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        int failed = 0;
        int run = 0;
        for (int i = 0; i < files.size(); i++) {
            Rulebook book = books.value().get().get(i);
            JsonNode cases = YamlFile.read(files.get(i)).json().path("cases");
            if (cases.isEmpty()) {
                err.println("warning: " + book.id() + " brings no cases");
            }
            for (JsonNode each : cases) {
                RulebookCase tried = new RulebookCase(each, book);
                List<String> failures = tried.failures();
                out.println((failures.isEmpty() ? "ok      " : "failed  ") + book.id() + ": " + tried.name()
                        + (failures.isEmpty() ? "" : ": " + String.join("; ", failures)));
                run++;
                failed += failures.isEmpty() ? 0 : 1;
            }
        }
        out.println(run + " cases, " + failed + " failed");
        out.flush();
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
