package dustwarden.core.model;

import java.util.Optional;

/** The data flags of HJ 212-2017 table 8; only {@link #N} counts in a mean, {@link #T} is kept as evidence. */
public enum Flag {
    /** Normal. */
    N,
    /** Instrument stopped. */
    F,
    /** Maintenance. */
    M,
    /** Value set by hand. */
    S,
    /** Instrument fault. */
    D,
    /** Calibration. */
    C,
    /** Above the measuring range. */
    T,
    /** No link between instrument and logger. */
    B;

    public static Optional<Flag> of(String text) {
        if (text.length() != 1) {
            return Optional.empty();
        }
        for (Flag flag : values()) {
            if (flag.name().charAt(0) == text.charAt(0)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }
}
