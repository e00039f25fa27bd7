package dustwarden.console;

import dustwarden.core.model.Party;
import dustwarden.core.model.Site;
import java.util.Optional;
import java.util.Set;

/**
 * Which sites an account sees: those that meet everything it names; one that names nothing sees none.
 *
 * @param sites ids
 * @param company a site's contractor, owner or supervision, as the role says
 * @param region where the region path begins, whole nodes
 */
public record Scope(Set<String> sites, Optional<String> company, Optional<String> region) {
    public static final Scope NOTHING = new Scope(Set.of(), Optional.empty(), Optional.empty());

    public Scope {
        sites = Set.copyOf(sites);
        if (company.map(String::isBlank).orElse(false) || region.map(String::isBlank).orElse(false)) {
            throw new IllegalArgumentException("company and region must not be blank");
        }
    }

    public boolean isEmpty() {
        return sites.isEmpty() && company.isEmpty() && region.isEmpty();
    }

    boolean holds(Role role, Site site) {
        return !isEmpty()
                && (sites.isEmpty() || sites.contains(site.id()))
                && company.map(id -> concerns(role, site, id)).orElse(true)
                && region.map(path -> (site.region() + "/").startsWith(path + "/")).orElse(true);
    }

    private static boolean concerns(Role role, Site site, String company) {
        return switch (role) {
            case CONTRACTOR -> is(site.contractor(), company);
            case OWNER -> is(site.owner(), company);
            case SUPERVISION -> is(site.supervision(), company);
            case ADMINISTRATOR, REGULATOR, SUPERVISOR -> is(site.contractor(), company)
                    || is(site.owner(), company)
                    || is(site.supervision(), company);
        };
    }

    private static boolean is(Optional<Party> party, String company) {
        return party.map(p -> p.id().equals(company)).orElse(false);
    }
}
