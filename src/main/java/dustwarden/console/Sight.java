package dustwarden.console;

import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sites that a login sees; empty = all, also those that are no longer registered. */
public record Sight(Optional<Set<String>> sites) {
    public static final Sight ALL = new Sight(Optional.empty());

    public Sight {
        sites = sites.map(Set::copyOf);
    }

    static Sight of(Account account, Register register) {
        if (account.role() == Role.ADMINISTRATOR) {
            return ALL;
        }
        return new Sight(Optional.of(register.sites().stream()
                .filter(site -> account.scope().holds(account.role(), site))
                .map(Site::id)
                .collect(Collectors.toSet())));
    }

    public boolean sees(String site) {
        return sites.map(seen -> seen.contains(site)).orElse(true);
    }
}
