package dustwarden.notify;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells what a link in a notice may do now, and lets it do that once. Blocks on a file. */
public final class AckDesk {
    private final NoticeStore store;
    private final AckLinks links;
    private final NoticeWords words;
    private final InstantSource clock;

    AckDesk(NoticeStore store, AckLinks links, NoticeWords words, InstantSource clock) {
        this.store = store;
        this.links = links;
        this.words = words;
        this.clock = clock;
    }

    /** What a link is worth. */
    public sealed interface Look {
        /** It may be used; {@code notice} names it. */
        record Good(String notice, String alarm, String receiver, NoticeText text) implements Look {}

        /** It was used before. */
        record Used() implements Look {}

        /** It is older than a day. */
        record Expired() implements Look {}

        /** It was never given out like this. */
        record Forged() implements Look {}
    }

    public Look look(String token) {
        Optional<AckLinks.Claim> claim = AckLinks.read(token);
        Optional<Notice> notice = claim.flatMap(c -> store.find(c.notice()));
        if (notice.isEmpty() || !links.proven(claim.get(), notice.get())) {
            return new Look.Forged();
        }
        if (store.linkUsed(notice.get().id())) {
            return new Look.Used();
        }
        if (clock.millis() >= claim.get().endsAt()) {
            return new Look.Expired();
        }
        Notice n = notice.get();
        return new Look.Good(n.id(), n.alarm(), n.receiver(), words.of(List.of(n)));
    }

    /** Takes a link: of many who try at the same time one succeeds. */
    public boolean take(String notice) {
        return store.useLink(notice, clock.millis());
    }

    /** What was tried came to nothing, so the link may be tried again. */
    public void giveBack(String notice) {
        store.freeLink(notice);
    }
}
