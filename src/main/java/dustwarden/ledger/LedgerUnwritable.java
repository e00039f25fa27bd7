package dustwarden.ledger;

/** A commit failed, for example on a full disk: nothing of it was stored, and it may be tried again. */
public final class LedgerUnwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LedgerUnwritable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
