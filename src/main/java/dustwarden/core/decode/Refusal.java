package dustwarden.core.decode;

import java.util.Locale;

/**
 * Why a payload, element or frame is refused; the order is the precedence where several apply.
 *
 * <p>The wire names are stable: others count them.
 */
public enum Refusal {
    TOO_LARGE,
    WRONG_TOPIC,
    UNKNOWN_SITE,
    UNKNOWN_DEVICE,
    NOT_UTF8,
    NOT_JSON,
    TOO_MANY,
    WRONG_TYPE,
    MISSING_FIELD,
    OUT_OF_RANGE,
    UNKNOWN_UNIT,
    TIME_FUTURE,
    TIME_ANCIENT,
    CONFLICT,
    DUPLICATE,
    CRC,
    MALFORMED,
    LENGTH,
    UNSUPPORTED,
    UNKNOWN_MN,
    BAD_PASSWORD;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The stable name, for example {@code not-json}. */
    public String wire() {
        return wire;
    }

    /** The rejection itself. */
    public Decoded.Rejected because(String detail) {
        return new Decoded.Rejected(wire, detail);
    }
}
