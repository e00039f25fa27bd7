package dustwarden.core;

import dustwarden.core.model.Contact;
import dustwarden.core.model.Site;
import java.util.List;
import java.util.function.Consumer;

/** Who is told at a site, and over which channels; {@code log} is always there. */
final class Receivers {
    private Receivers() {}

    /** A notice to everybody concerned; {@code about} is an alarm, or the final verdict that corrects another. */
    static void tell(Site site, String about, String transition, long now, long offset, Consumer<Decision> out) {
        if (site.contacts().isEmpty()) {
            out.accept(new Decision.Notice(now, offset, site.id(), about, "site", "log", transition));
        }
        for (Contact contact : site.contacts()) {
            for (String channel : contact.channels().isEmpty() ? List.of("log") : contact.channels()) {
                out.accept(new Decision.Notice(now, offset, site.id(), about, contact.name(), channel, transition));
            }
        }
    }
}
