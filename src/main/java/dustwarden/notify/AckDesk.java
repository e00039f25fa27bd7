package dustwarden.notify;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what a link in a notice may do now, and lets it do that once. Blocks on a file. */
public final class AckDesk {
    private static final int NOTICES_MAX = 20_000;
    private static final int ITEMS_MAX = 100;

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

        /** It opens what a receiver may acknowledge of a merged message; each of it works once. */
        record Many(String receiver, List<Item> items) implements Look {
            public Many {
                items = List.copyOf(items);
            }
        }

        /** It was used before. */
        record Used() implements Look {}

        /** It is older than a day. */
        record Expired() implements Look {}

        /** It was never given out like this. */
        record Forged() implements Look {}
    }

    /** One alarm of a merged message. @param token acknowledges it. @param used it was acknowledged by its link */
    public record Item(String token, String notice, String alarm, NoticeText text, boolean used) {}

    public Look look(String token) {
        Optional<AckLinks.Claim> claim = AckLinks.read(token);
        Optional<Notice> notice = claim.flatMap(c -> store.find(c.notice()));
        if (claim.isPresent() && (notice.isEmpty() || !links.proven(claim.get(), notice.get()))) {
            return ofMessage(claim.get());
        }
        if (notice.isEmpty()) {
            return new Look.Forged();
        }
        if (store.linkUsed(notice.get().id())) {
            return new Look.Used();
        }
        if (clock.millis() >= claim.get().endsAt()) {
            return new Look.Expired();
        }
        Notice n = notice.get();
        return new Look.Good(n.id(), n.alarm(), n.receiver(), words.of(n.id(), List.of(n)));
    }

    private Look ofMessage(AckLinks.Claim claim) {
        List<Notice> notices = store.inMessage(claim.notice(), NOTICES_MAX);
        Optional<String> receiver = notices.stream().map(Notice::receiver).distinct().filter(r -> links.proven(claim, r)).findFirst();
        if (receiver.isEmpty()) {
            return new Look.Forged();
        }
        if (clock.millis() >= claim.endsAt()) {
            return new Look.Expired();
        }
        // Of one alarm the newest that was told.
        Map<String, Notice> newest = new LinkedHashMap<>();
        notices.stream().filter(n -> n.receiver().equals(receiver.get())).forEach(n -> newest.put(n.alarm(), n));
        return new Look.Many(receiver.get(), newest.values().stream()
                .filter(AckLinks::isOfUse)
                .limit(ITEMS_MAX)
                .map(n -> new Item(links.token(n, claim), n.id(), n.alarm(), words.of(n.id(), List.of(n)), store.linkUsed(n.id())))
                .toList());
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
