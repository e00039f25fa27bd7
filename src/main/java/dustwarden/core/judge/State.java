package dustwarden.core.judge;

/** A verdict's state, from the least to the most pressing; the worst of several counts. */
public enum State {
    NOT_APPLICABLE,
    COMPLIANT,
    UNKNOWN,
    VIOLATION;

    public State worst(State other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
