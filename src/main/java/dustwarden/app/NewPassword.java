package dustwarden.app;

import dustwarden.console.Account;
import dustwarden.console.AccountFile;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a new password comes from: asked for, read from standard input, or made here and printed once. */
final class NewPassword {
    private static final int BYTES = 12;

    @Option(names = "--ask", description = "在终端询问密码 / ask for the password at the terminal")
    private boolean ask;

    @Option(names = "--stdin", description = "从标准输入读一行作为密码 / the password is the first line of standard input")
    private boolean stdin;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    /** The account with its new password; one that was made here is printed. */
    Account give(Account account) throws IOException {
        Optional<String> given = given();
        String password = given.orElseGet(NewPassword::random);
        Account with;
        try {
            with = AccountFile.withPassword(account, password);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        if (given.isEmpty()) {
            spec.commandLine().getOut().println(password);
            spec.commandLine().getErr().println(
                    "account " + account.name() + "; 密码只显示这一次 / the password is shown this once");
        }
        return with;
    }

    private Optional<String> given() throws IOException {
        if (stdin) {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return Optional.of(Optional.ofNullable(line).orElseThrow(() -> wrong("standard input is empty")));
        }
        return ask ? Optional.of(asked()) : Optional.empty();
    }

    private String asked() {
        Console console = System.console();
        if (console == null) {
            throw wrong("there is no terminal to ask at; use --stdin, or neither to have a password made");
        }
        char[] first = console.readPassword("密码 / password: ");
        char[] second = console.readPassword("再输一次 / once more: ");
        if (first == null || second == null || !String.valueOf(first).equals(String.valueOf(second))) {
            throw wrong("the two are not the same");
        }
        return String.valueOf(first);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
