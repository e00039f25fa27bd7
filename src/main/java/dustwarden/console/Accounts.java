package dustwarden.console;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts as they are now: a change of the file counts within seconds, a file that cannot be read changes nothing. */
public final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final AccountFile file;
    private volatile Map<String, Account> accounts = Map.of();
    private String version = "";

    public Accounts(AccountFile file) {
        this.file = file;
        refresh();
    }

    Optional<Account> named(String name) {
        return Optional.ofNullable(accounts.get(name));
    }

    /** Reads the file again if it has changed; blocks on it. */
    synchronized void refresh() {
        try {
            String now = file.version();
            if (!now.equals(version)) {
                version = now;
                accounts = Map.copyOf(file.read());
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("problem", e.getMessage()).log("the accounts cannot be read; those read before stay");
        }
    }

    /** The account if the password is its own; takes as long for a name that nobody has. Blocks. */
    Optional<Account> login(String name, String password) {
        Optional<Account> account = named(name);
        boolean right = account.flatMap(Account::secret)
                .map(hash -> PasswordHash.matches(hash, password))
                .orElseGet(() -> PasswordHash.matchesNobody(password));
        return account.filter(found -> right);
    }
}
