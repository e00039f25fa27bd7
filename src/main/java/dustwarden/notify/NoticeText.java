package dustwarden.notify;

/** What a person reads of a notice, in both languages; the first line says the most. */
public record NoticeText(String zh, String en) {
    public NoticeText {
        if (zh.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("a notice needs words in both languages");
        }
    }

    /** Both in one line. */
    public String line() {
        return zh.replace('\n', ' ') + " / " + en.replace('\n', ' ');
    }
}
