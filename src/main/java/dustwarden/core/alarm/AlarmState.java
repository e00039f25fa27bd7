package dustwarden.core.alarm;

import java.util.Locale;
import java.util.Optional;

/**
 * The states of an alarm after ISA-18.2 / IEC 62682, each owning its ways out.
 *
 * <p>Shelved, suppressed and out of service lie over another state, which comes back when they end; an alarm is closed,
 * never deleted.
 */
public enum AlarmState {
    RAISED,
    ACKNOWLEDGED,
    /** Mended by a person's word, not yet seen in the data. */
    RECTIFIED,
    /** In order again, not yet acknowledged or verified. */
    RETURNED,
    VERIFIED,
    SHELVED,
    SUPPRESSED,
    OUT_OF_SERVICE,
    CLOSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state that a person's act leads to; empty where the act may not be done. */
    public Optional<AlarmState> after(ActKind act) {
        return switch (act) {
            case ACKNOWLEDGE -> switch (this) {
                case RAISED -> Optional.of(ACKNOWLEDGED);
                case RECTIFIED -> Optional.of(RECTIFIED);
                case RETURNED -> Optional.of(CLOSED);
                default -> Optional.empty();
            };
            case RECTIFY -> switch (this) {
                case RAISED, ACKNOWLEDGED -> Optional.of(RECTIFIED);
                default -> Optional.empty();
            };
            case VERIFY -> this == RETURNED ? Optional.of(VERIFIED) : Optional.empty();
            case SHELVE -> switch (this) {
                case RAISED, ACKNOWLEDGED, RECTIFIED -> Optional.of(SHELVED);
                default -> Optional.empty();
            };
            case COMMENT -> this == CLOSED ? Optional.empty() : Optional.of(this);
        };
    }

    /** What a person may do to an alarm. */
    public enum ActKind {
        ACKNOWLEDGE,
        RECTIFY,
        VERIFY,
        SHELVE,
        COMMENT;

        public static Optional<ActKind> ofWire(String wire) {
            for (ActKind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(wire)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
