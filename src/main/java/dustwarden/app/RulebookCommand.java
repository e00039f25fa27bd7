package dustwarden.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about rulebook files. */
@Command(
        name = "rulebook",
        description = {"规则集文件的检查。", "Checks rulebook files."},
        mixinStandardHelpOptions = true,
        subcommands = {RulebookLintCommand.class, RulebookTestCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class RulebookCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "rulebook wants a command: lint or test");
    }
}
