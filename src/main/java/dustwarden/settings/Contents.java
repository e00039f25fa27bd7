package dustwarden.settings;

import dustwarden.core.CommonCause;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.Makers;
import dustwarden.core.decode.Profile;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import dustwarden.core.rule.Rulebook;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that judges, checked as a whole, and the canonical JSON it was read from. */
public record Contents(List<Content> all, List<Site> sites, List<Rulebook> rulebooks, List<Profile> profiles) {
    public Contents {
        profiles = List.copyOf(profiles);
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

    /** What a {@code ContentReader} makes of {@link #refs}, without reading it once more. */
    public dustwarden.core.Content inForce() {
        Map<String, Site> byId = sites.stream().collect(Collectors.toMap(Site::id, Function.identity()));
        List<Site> ordered = all.stream()
                .filter(content -> content.kind().equals("site"))
                .map(content -> byId.get(content.name()))
                .toList();
        Register register = new Register(ordered);
        return new dustwarden.core.Content(
                register,
                rulebooks.stream().collect(Collectors.toMap(Rulebook::id, Function.identity())),
                new Makers(register, profiles.stream().collect(Collectors.toMap(Profile::id, Function.identity()))),
                ContentReader.ZONE,
                all.stream().filter(c -> c.kind().equals("settings")).findFirst()
                        .map(c -> CommonCause.read(c.parsed()))
                        .orElse(CommonCause.DEFAULT));
    }

    public Register register() {
        return new Register(sites);
    }
}
