package dustwarden.report;

import dustwarden.core.model.Text;

/** A report that cannot be made, and why, for a person. */
public final class ReportRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Text sentence;

    ReportRefused(String zh, String en) {
        super(en);
        this.sentence = new Text(zh, en);
    }

    public Text sentence() {
        return sentence;
    }
}
