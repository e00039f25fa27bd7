package dustwarden.console;

import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The places that a login sees; empty = all, also those that are no longer registered. A place is a site's id, or
 * {@code region/NODE} for the alarms of a node of the region path, which belong to no site.
 */
public record Sight(Optional<Set<String>> sites) {
    public static final Sight ALL = new Sight(Optional.empty());

    /** Begins the place of an alarm of a region; no site's id can. */
    private static final String NODE = "region/";

    public Sight {
        sites = sites.map(Set::copyOf);
    }

    static Sight of(Account account, Register register) {
        if (account.role() == Role.ADMINISTRATOR) {
            return ALL;
        }
        Set<String> places = register.sites().stream()
                .filter(site -> account.scope().holds(account.role(), site))
                .map(Site::id)
                .collect(Collectors.toCollection(HashSet::new));
        if (account.role() == Role.REGULATOR) {
            nodes(account.scope(), register.sites()).map(NODE::concat).forEach(places::add);
        }
        return new Sight(Optional.of(places));
    }

    /** Nodes that a regulator's region lies in, and those below it of which the regulator sees every site. */
    private static Stream<String> nodes(Scope scope, Collection<Site> sites) {
        Set<String> seen = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Site site : sites) {
            (scope.holds(Role.REGULATOR, site) ? seen : others).addAll(Arrays.asList(site.region().split("/")));
        }
        seen.removeAll(others);
        Stream<String> above = scope.region().stream().flatMap(path -> Arrays.stream(path.split("/")));
        return scope.region().isEmpty() ? Stream.empty() : Stream.concat(above, seen.stream());
    }

    public boolean sees(String place) {
        return sites.map(seen -> seen.contains(place)).orElse(true);
    }
}
