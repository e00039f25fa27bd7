package dustwarden.ledger;

import dustwarden.core.model.Text;

/** The ledger cannot be opened as it stands; the sentence tells a person why and what to do. */
public final class LedgerRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Text sentence;

    public LedgerRefused(String zh, String en) {
        super(en);
        this.sentence = new Text(zh, en);
    }

    public LedgerRefused(String zh, String en, Throwable cause) {
        super(en, cause);
        this.sentence = new Text(zh, en);
    }

    public Text sentence() {
        return sentence;
    }
}
