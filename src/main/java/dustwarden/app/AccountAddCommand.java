package dustwarden.app;

import dustwarden.console.Account;
import dustwarden.console.Role;
import dustwarden.console.Scope;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an account; a running server takes it in within seconds. */
@Command(
        name = "add",
        description = {"新增账户;运行中的服务数秒内生效。", "Add an account; a running server takes it in within seconds."},
        mixinStandardHelpOptions = true)
final class AccountAddCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "登录名 / what is typed at the login")
    private String name;

    @Option(names = "--role", required = true, description = "${COMPLETION-CANDIDATES}")
    private Role role;

    @Option(names = "--person", description = "姓名,记录中与登录名并列 / the person's name, which the record shows beside the account's")
    private String person;

    @Option(names = "--site", paramLabel = "ID", description = "可见工地,可重复 / a site that it sees, may be repeated")
    private Set<String> sites = new HashSet<>();

    @Option(names = "--company", paramLabel = "ID", description = "公司 id:施工、建设或监理 / id of the contractor, owner or supervision firm")
    private String company;

    @Option(names = "--region", paramLabel = "PATH", description = "区域路径的开头 / where the region path begins, for example 410000/410700")
    private String region;

    @Mixin
    private NewPassword password;

    @Mixin
    private AccountFileOptions options;

    @Override
    public Integer call() throws Exception {
        Account account;
        try {
            account = new Account(
                    name,
                    Optional.ofNullable(person),
                    role,
                    new Scope(sites, Optional.ofNullable(company), Optional.ofNullable(region).map(AccountAddCommand::path)),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw options.wrong(e.getMessage());
        }
        options.file().change(accounts -> {
            if (accounts.containsKey(name)) {
                throw options.wrong("there is an account " + name + " already; remove it first, or give it a new password");
            }
            accounts.put(name, password.give(account));
        });
        return ExitCode.OK;
    }

    private static String path(String region) {
        return region.replaceAll("^/+|/+$", "");
    }
}
