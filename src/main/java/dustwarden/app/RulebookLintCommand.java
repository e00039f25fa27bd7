package dustwarden.app;

import dustwarden.core.rule.Rule;
import dustwarden.core.rule.RuleHead;
import dustwarden.core.rule.Rulebook;
import dustwarden.settings.Checked;
import dustwarden.settings.RulebookFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Refuses a rulebook that could not be defended, and shows the rules that result after what it extends. */
@Command(
        name = "lint",
        description = "Refuses a limit without unit, averaging period, citation or date; shows the resulting rules.",
        mixinStandardHelpOptions = true)
final class RulebookLintCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "rulebooks as YAML; they may extend each other")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Checked<List<Rulebook>> books = RulebookFiles.read(files);
        books.problems().forEach(err::println);
        books.value().ifPresent(all -> all.forEach(this::show));
        return books.value().isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void show(Rulebook book) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(book.id() + "  " + book.title().zh() + " / " + book.title().en() + "  " + book.hash());
        for (Rule rule : book.rules()) {
            RuleHead head = rule.head();
            RuleHead.Citation cited = head.citation();
            out.println("  " + head.shortId() + "  " + head.item() + "  " + head.title().zh() + " / " + head.title().en()
                    + "  [" + cited.standard() + ", " + cited.clause() + "; " + cited.confidence() + "; from "
                    + head.validFrom().map(LocalDate::toString).orElse("?")
                    + head.validTo().map(to -> " to " + to).orElse("") + "]");
        }
    }
}
