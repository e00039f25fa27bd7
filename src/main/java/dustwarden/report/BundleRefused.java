package dustwarden.report;

import dustwarden.core.model.Text;

/** A bundle that is not taken: its file's name or place, and why, for a person. */
public final class BundleRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Text sentence;

    BundleRefused(String zh, String en) {
        super(en);
        this.sentence = new Text(zh, en);
    }

    public Text sentence() {
        return sentence;
    }
}
