package dustwarden.notify;

import dustwarden.core.Content;
import dustwarden.core.model.Site;
import java.util.List;
import java.util.function.Supplier;

/** Who can be told by which channel, as the register has it now. */
final class Receivers {
    private final Supplier<Content> content;

    Receivers(Supplier<Content> content) {
        this.content = content;
    }

    /** The channels of a notice's receiver, in the order of preference; of the region's he is somebody who has this channel. */
    List<String> channels(Notice notice) {
        boolean regional = notice.site().equals(NoticeWords.REGION);
        return content.get().register().sites().stream()
                .filter(s -> regional || s.id().equals(notice.site()))
                .flatMap(s -> s.contacts().stream())
                .filter(c -> c.name().equals(notice.receiver()) && (!regional || c.channels().contains(notice.channel())))
                .flatMap(c -> c.channels().stream())
                .distinct()
                .toList();
    }

    /** The region path of a site; empty text where none is known. */
    String region(String site) {
        return content.get().register().site(site).map(Site::region).orElse("");
    }
}
