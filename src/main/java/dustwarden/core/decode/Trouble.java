package dustwarden.core.decode;

import java.util.Optional;

/** The weightiest trouble found in one element; of equals the first. */
final class Trouble {
    private Refusal refusal;
    private String detail = "";

    void add(Refusal found, String sentence) {
        if (refusal == null || found.ordinal() < refusal.ordinal()) {
            refusal = found;
            detail = sentence;
        }
    }

    boolean isNone() {
        return refusal == null;
    }

    Optional<Decoded.Rejected> rejected() {
        return Optional.ofNullable(refusal).map(r -> r.because(detail));
    }
}
