package dustwarden.settings;

/** A secret that never shows itself: its text form is three stars. */
public record Secret(String value) {
    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret is not blank");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
