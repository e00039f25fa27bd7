package dustwarden.core.model;

/** A sentence or name in Chinese and English; neither is blank. */
public record Text(String zh, String en) {
    public Text {
        if (zh.isBlank() || en.isBlank()) {
            throw new IllegalArgumentException("a text needs words in both languages, got " + zh + "/" + en);
        }
    }
}
