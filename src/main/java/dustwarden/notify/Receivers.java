package dustwarden.notify;

import dustwarden.core.Content;
import dustwarden.core.model.Contact;
import dustwarden.core.model.Site;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Who can be told by which channel, as the register has it now. */
final class Receivers {
    private final Supplier<Content> content;

    Receivers(Supplier<Content> content) {
        this.content = content;
    }

    /** The channels of a receiver at a site, in the order of preference. */
    List<String> channels(String site, String receiver) {
        return content.get().register().site(site).stream()
                .flatMap(s -> s.contacts().stream())
                .filter(c -> c.name().equals(receiver))
                .flatMap(c -> c.channels().stream())
                .distinct()
                .toList();
    }

    /** Channels that people who are told by this one have besides: nobody else is to learn of them. */
    Set<String> besides(String channel) {
        Set<String> found = new LinkedHashSet<>();
        for (Site site : content.get().register().sites()) {
            for (Contact contact : site.contacts()) {
                if (contact.channels().contains(channel)) {
                    found.addAll(contact.channels());
                }
            }
        }
        found.remove(channel);
        return found;
    }

    /** The region path of a site; empty text where none is known. */
    String region(String site) {
        return content.get().register().site(site).map(Site::region).orElse("");
    }
}
