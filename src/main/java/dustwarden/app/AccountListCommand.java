package dustwarden.app;

import dustwarden.console.Account;
import dustwarden.console.Scope;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the accounts, without anything secret. */
@Command(
        name = "list",
        description = {"列出账户,不含任何秘密。", "List the accounts, without anything secret."},
        mixinStandardHelpOptions = true)
final class AccountListCommand implements Callable<Integer> {
    @Mixin
    private AccountFileOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        for (Account account : options.file().read().values()) {
            List<String> line = new ArrayList<>(List.of(account.name(), account.role().word()));
            account.person().ifPresent(line::add);
            line.addAll(scope(account.scope()));
            out.println(String.join("  ", line));
        }
        return ExitCode.OK;
    }

    private static List<String> scope(Scope scope) {
        List<String> words = new ArrayList<>();
        scope.sites().stream().sorted().forEach(site -> words.add("site=" + site));
        scope.company().ifPresent(company -> words.add("company=" + company));
        scope.region().ifPresent(region -> words.add("region=" + region));
        return words;
    }
}
