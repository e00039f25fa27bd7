package dustwarden.core.rule;

import dustwarden.core.model.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A cited set of rules with a content hash that stands in every verdict.
 *
 * @param kind a checklist, or limits
 * @param regions region codes (nodes of a region path) where it binds; empty: everywhere
 * @param hash SHA-256 (hex) of its canonical JSON
 */
public record Rulebook(
        String id,
        Kind kind,
        Text title,
        List<String> regions,
        Optional<LocalDate> validFrom,
        Optional<LocalDate> validTo,
        List<Rule> rules,
        String hash) {

    /** What a rulebook carries. */
    public enum Kind {
        CHECKLIST,
        LIMITS
    }

    public Rulebook {
        regions = List.copyOf(regions);
        rules = List.copyOf(rules);
    }

    /** Whether it binds a site in this region path. */
    public boolean binds(String region) {
        return regions.isEmpty() || regions.stream().anyMatch(r -> ("/" + region + "/").contains("/" + r + "/"));
    }
}
