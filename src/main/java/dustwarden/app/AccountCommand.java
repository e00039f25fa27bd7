package dustwarden.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about the accounts of people. */
@Command(
        name = "account",
        description = {"人员账户:角色、范围和密码。", "Accounts of people: role, scope and password."},
        mixinStandardHelpOptions = true,
        subcommands = {
            AccountAddCommand.class,
            AccountPasswordCommand.class,
            AccountRemoveCommand.class,
            AccountListCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "account wants a command: add, password, remove or list");
    }
}
