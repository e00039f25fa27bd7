package dustwarden.notify;

/** What a person reads of a message, in both languages; the title says the most. */
public record NoticeText(Told zh, Told en) {
    private static final int LINE_BYTES_MAX = 4_000;

    public Told in(String language) {
        return language.equals("en") ? en : zh;
    }

    /** Both in one line, without the links: they are for their receiver alone. */
    public String line() {
        return line(zh) + " / " + line(en);
    }

    private static String line(Told told) {
        return (told.title() + " " + told.body(" ", LINE_BYTES_MAX)).replace('\n', ' ').strip();
    }
}
