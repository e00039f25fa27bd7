package dustwarden.notify;

import java.util.List;

/**
 * One message on its way: a notice, or several merged into one.
 *
 * @param id the same for ever, also over a crash: receivers tell repeats by it
 * @param notices at least one; the most pressing first
 * @param repeat may have gone out before
 */
public record Parcel(String id, List<Notice> notices, NoticeText text, boolean repeat) {
    public Parcel {
        notices = List.copyOf(notices);
        if (notices.isEmpty()) {
            throw new IllegalArgumentException("a parcel has at least one notice");
        }
    }

    /**
     * What its receivers read: their own language, both where they differ.
     *
     * @param otherwise the channel's, for who has none of his own
     */
    public Told told(String otherwise) {
        List<String> languages = notices.stream().map(n -> n.language().orElse(otherwise)).distinct().toList();
        Told first = text.in(languages.get(0));
        return languages.size() == 1 ? first : first.with(text.in(languages.get(1)));
    }

    public Notice lead() {
        return notices.get(0);
    }

    /** Whether something in it presses. */
    public boolean urgent() {
        return notices.stream().anyMatch(Notice::urgent);
    }
}
