package dustwarden.settings;

import dustwarden.command.SprayTerms;
import java.util.Map;

/**
 * When sprays run by themselves.
 *
 * @param common for sites that have nothing of their own
 * @param sites by site id
 */
public record Suppression(SprayTerms common, Map<String, SprayTerms> sites) {
    public Suppression {
        sites = Map.copyOf(sites);
    }

    public SprayTerms of(String site) {
        return sites.getOrDefault(site, common);
    }
}
