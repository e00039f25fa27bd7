package dustwarden.settings;

import dustwarden.core.Entry.ContentRef;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import dustwarden.core.rule.Rulebook;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that judges, checked as a whole, and the canonical JSON it was read from. */
public record Contents(List<Content> all, List<Site> sites, List<Rulebook> rulebooks) {
    public Contents {
        all = List.copyOf(all);
        sites = List.copyOf(sites);
        rulebooks = List.copyOf(rulebooks);
    }

    /** What a {@code resumed} or {@code changed} entry lists. */
    public List<ContentRef> refs() {
        return all.stream().map(Content::ref).toList();
    }

    /** Canonical JSON by its hash. */
    public Map<String, String> byHash() {
        return all.stream().collect(Collectors.toMap(Content::sha256, Content::json, (one, same) -> one));
    }

    public Register register() {
        return new Register(sites);
    }
}
