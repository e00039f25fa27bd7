package dustwarden.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives an account a new password and ends its sessions. */
@Command(
        name = "password",
        description = {"给账户一个新密码,并结束其所有登录。", "Give an account a new password; its sessions end."},
        mixinStandardHelpOptions = true)
final class AccountPasswordCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "登录名 / the account's name")
    private String name;

    @Mixin
    private NewPassword password;

    @Mixin
    private AccountFileOptions options;

    @Override
    public Integer call() throws Exception {
        options.file().change(accounts -> accounts.put(
                name,
                password.give(Optional.ofNullable(accounts.get(name))
                        .orElseThrow(() -> options.wrong("there is no account " + name)))));
        return ExitCode.OK;
    }
}
