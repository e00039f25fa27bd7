package dustwarden.report;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The content that judges one site: its register file, the rulebooks that it names and the profiles of its devices. */
final class SiteContent {
    private SiteContent() {}

    /** Those of a list of contents that concern the site; empty where it is not on the list. */
    static List<ContentRef> of(String site, List<ContentRef> all, Function<String, String> jsonByHash) {
        List<ContentRef> found = new ArrayList<>();
        for (ContentRef ref : all) {
            if (ref.kind().equals("site") && ref.name().equals(site)) {
                found.add(ref);
            }
        }
        if (found.isEmpty()) {
            return found;
        }
        Site its = new ContentReader(jsonByHash).apply(found).register().site(site).orElseThrow();
        Set<String> profiles = its.devices().stream().map(Device::profile).flatMap(p -> p.stream()).collect(Collectors.toSet());
        for (ContentRef ref : all) {
            boolean rulebook = ref.kind().equals("rulebook") && its.rulebooks().contains(ref.name());
            if (rulebook || ref.kind().equals("profile") && profiles.contains(ref.name())) {
                found.add(ref);
            }
        }
        return found;
    }

    static Content read(List<ContentRef> refs, Function<String, String> jsonByHash) {
        return new ContentReader(jsonByHash).apply(refs);
    }
}
