package dustwarden.notify;

/** Takes from words that devices and people gave whatever a chat program would act on: tags, mentions, links. */
final class Harmless {
    private Harmless() {}

    static String of(String text) {
        return text.replace('<', '＜')
                .replace('>', '＞')
                .replace("](", "］(")
                .replace("://", "：//")
                .replace('`', '\'')
                .replaceAll("@(?=[\\p{L}\\p{N}_])", "＠")
                .replaceAll("[\\p{Cntrl}&&[^\n]]+", " ");
    }
}
