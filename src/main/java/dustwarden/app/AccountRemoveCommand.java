package dustwarden.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes an account and ends its sessions; what it did stays in the record. */
@Command(
        name = "remove",
        description = {"删除账户并结束其登录;其所作所为仍在记录中。", "Remove an account; its sessions end, what it did stays in the record."},
        mixinStandardHelpOptions = true)
final class AccountRemoveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "登录名 / the account's name")
    private String name;

    @Mixin
    private AccountFileOptions options;

    @Override
    public Integer call() throws Exception {
        options.file().change(accounts -> {
            if (accounts.remove(name) == null) {
                throw options.wrong("there is no account " + name);
            }
        });
        return ExitCode.OK;
    }
}
